"""The judge: reads what a program declares and holds it against the published promises."""
