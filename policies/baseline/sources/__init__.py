"""The only readers: each turns something outside into a Graph or an Estate."""
