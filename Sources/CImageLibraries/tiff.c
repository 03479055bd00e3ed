// TIFF by libtiff (4.5 or later, whose messages belong to a file), as its RGBA interface reads it.
#include "library.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TAG_WIDTH = 256, TAG_HEIGHT = 257, TAG_EXTRA_SAMPLES = 338 };
enum { ASSOCIATED_ALPHA = 1, UNASSOCIATED_ALPHA = 2 };
enum { TOP_LEFT = 1, STOP_ON_ERROR = 1 };

struct tiff_reading {
  const uint8_t *bytes;
  uint64_t count, at;
};

static intptr_t read_bytes(void *context, void *into, intptr_t count) {
  struct tiff_reading *it = context;
  if (count < 0 || it->at >= it->count) return 0;
  uint64_t taken = (uint64_t)count < it->count - it->at ? (uint64_t)count : it->count - it->at;
  memcpy(into, it->bytes + it->at, taken);
  it->at += taken;
  return (intptr_t)taken;
}

static intptr_t write_bytes(void *context, void *from, intptr_t count) {
  (void)context, (void)from, (void)count;
  return 0;
}

static uint64_t seek(void *context, uint64_t offset, int whence) {
  struct tiff_reading *it = context;
  it->at = offset + (whence == SEEK_CUR ? it->at : whence == SEEK_END ? it->count : 0);
  return it->at;
}

static int close_file(void *context) {
  (void)context;
  return 0;
}

static uint64_t size(void *context) { return ((struct tiff_reading *)context)->count; }

static int note_error(void *tiff, void *sink, const char *module, const char *format, va_list arguments) {
  (void)tiff, (void)module;
  char message[200];
  vsnprintf(message, sizeof message, format, arguments);
  image_fail(sink, message);
  return 1;
}

static int ignore_warning(void *tiff, void *sink, const char *module, const char *format, va_list arguments) {
  (void)tiff, (void)sink, (void)module, (void)format, (void)arguments;
  return 1;
}

typedef intptr_t (*byte_function)(void *, void *, intptr_t);
typedef int (*message_handler)(void *, void *, const char *, const char *, va_list);

/// Takes alpha for associated, since libtiff would else multiply the samples by it.
static int keep_samples(void *library, void *tiff, struct image_sink *sink) {
  FUNCTION(int, TIFFGetField, void *, uint32_t, ...);
  FUNCTION(int, TIFFSetField, void *, uint32_t, ...);
  uint16_t count = 0, *types = NULL;
  if (!TIFFGetField(tiff, TAG_EXTRA_SAMPLES, &count, &types) || count < 1) return 1;
  if (types[0] != UNASSOCIATED_ALPHA) return 1;
  uint16_t *changed = malloc(count * sizeof *changed);
  if (!changed) return image_fail(sink, "no memory");
  memcpy(changed, types, count * sizeof *changed);
  changed[0] = ASSOCIATED_ALPHA;
  int is_set = TIFFSetField(tiff, TAG_EXTRA_SAMPLES, count, changed);
  free(changed);
  return is_set;
}

static int decode(void *library, void *tiff, struct image_sink *sink) {
  FUNCTION(int, TIFFGetField, void *, uint32_t, ...);
  FUNCTION(int, TIFFReadRGBAImageOriented, void *, uint32_t, uint32_t, uint32_t *, int, int);
  uint32_t width = 0, height = 0;
  TIFFGetField(tiff, TAG_WIDTH, &width);
  TIFFGetField(tiff, TAG_HEIGHT, &height);
  if (!width || !height) return image_fail(sink, "its first image has no extents");
  uint8_t *place = sink->allocate(sink->context, width, height, 3);
  if (!place || !keep_samples(library, tiff, sink)) return 0;
  size_t count = (size_t)width * height;
  uint32_t *raster = calloc(count, sizeof *raster);
  if (!raster) return image_fail(sink, "no memory");
  int is_done = TIFFReadRGBAImageOriented(tiff, width, height, raster, TOP_LEFT, STOP_ON_ERROR);
  for (size_t i = 0; i < count; i++)
    for (int channel = 0; channel < 3; channel++)
      place[3 * i + channel] = (uint8_t)(raster[i] >> (8 * channel));
  free(raster);
  // libtiff goes on behind some errors.
  return is_done && !sink->message[0];
}

int image_decode_tiff(void *library, const uint8_t *bytes, size_t count, struct image_sink *sink) {
  FUNCTION(void *, TIFFOpenOptionsAlloc, void);
  FUNCTION(void, TIFFOpenOptionsFree, void *);
  FUNCTION(void, TIFFOpenOptionsSetMaxSingleMemAlloc, void *, intptr_t);
  FUNCTION(void, TIFFOpenOptionsSetErrorHandlerExtR, void *, message_handler, void *);
  FUNCTION(void, TIFFOpenOptionsSetWarningHandlerExtR, void *, message_handler, void *);
  FUNCTION(void *, TIFFClientOpenExt, const char *, const char *, void *, byte_function, byte_function,
           uint64_t (*)(void *, uint64_t, int), int (*)(void *), uint64_t (*)(void *), void *, void *,
           void *);
  FUNCTION(void, TIFFClose, void *);

  struct tiff_reading reading = {.bytes = bytes, .count = count};
  void *options = TIFFOpenOptionsAlloc();
  if (!options) return image_fail(sink, "no memory");
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, (intptr_t)sink->most_bytes);
  TIFFOpenOptionsSetErrorHandlerExtR(options, note_error, sink);
  TIFFOpenOptionsSetWarningHandlerExtR(options, ignore_warning, NULL);
  // m: no mapping into memory, so that every access passes through `read_bytes`.
  void *tiff = TIFFClientOpenExt("image", "rm", &reading, read_bytes, write_bytes, seek, close_file, size,
                                 NULL, NULL, options);
  TIFFOpenOptionsFree(options);
  if (!tiff) return image_fail(sink, "it has no directory");
  int is_done = decode(library, tiff, sink);
  TIFFClose(tiff);
  return is_done ? 1 : image_fail(sink, "libtiff cannot read it");
}
