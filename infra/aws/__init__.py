"""Components on AWS, one a file, with the same names as their counterparts on Hetzner."""
