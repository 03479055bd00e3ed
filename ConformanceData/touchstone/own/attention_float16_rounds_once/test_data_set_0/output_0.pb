
BYJ„K2LrL≤L∆JFK∆K#L±E±F±GYH