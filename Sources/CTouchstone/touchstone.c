/* The functions are written in Swift (Sources/TouchstoneC); this file holds the header against a C
 * compiler. */
#include "touchstone.h"
