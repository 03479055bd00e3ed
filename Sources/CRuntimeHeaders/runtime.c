// The header holds all there is; SwiftPM wants a source.
#include "CRuntimeHeaders.h"
