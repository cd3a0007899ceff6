"""The seal (印章): two put it to use, either suspends it; it moves only inside a shift and a limit."""
