
BXJf.ÿ{