// JPEG 2000 by OpenJPEG.
#include "library.h"

#include <string.h>

enum { CODEC_CODESTREAM = 0, CODEC_JP2 = 2 };
enum { SPACE_SYCC = 3, SPACE_EYCC = 4, SPACE_CMYK = 5 };
enum { MOST_COMPONENTS = 4, MOST_BITS = 16, BUFFER_SIZE = 1 << 16 };

struct component {
  uint32_t dx, dy, width, height, x0, y0, bits, unused_bits, is_signed, resolutions, factor;
  int32_t *samples;
  uint16_t alpha;
};

struct picture {
  uint32_t x0, y0, x1, y1, component_count;
  int color_space;
  struct component *components;
  uint8_t *profile;
  uint32_t profile_length;
};

struct stream {
  const uint8_t *bytes;
  size_t count, at;
};

// OpenJPEG fills in and reads its own structure of parameters, of about 8.3 kB.
union parameters {
  uint8_t bytes[16384];
  uint64_t aligned;
};

static size_t read_bytes(void *into, size_t count, void *context) {
  struct stream *it = context;
  size_t taken = count < it->count - it->at ? count : it->count - it->at;
  if (!taken) return (size_t)-1;
  memcpy(into, it->bytes + it->at, taken);
  it->at += taken;
  return taken;
}

static int64_t skip_bytes(int64_t count, void *context) {
  struct stream *it = context;
  if (count < 0 || (uint64_t)count > it->count - it->at) return -1;
  it->at += (size_t)count;
  return count;
}

static int seek_to(int64_t place, void *context) {
  struct stream *it = context;
  if (place < 0 || (uint64_t)place > it->count) return 0;
  it->at = (size_t)place;
  return 1;
}

static void note_error(const char *message, void *sink) {
  char line[200];
  size_t length = strcspn(message, "\n");
  if (length >= sizeof line) length = sizeof line - 1;
  memcpy(line, message, length);
  line[length] = 0;
  image_fail(sink, line);
}

static uint8_t clamped(double value) { return value <= 0 ? 0 : value >= 255 ? 255 : (uint8_t)(value + 0.5); }

/// The component's sample for a pixel, as if it had 8 bits.
static double sample(const struct component *it, uint32_t x, uint32_t y, uint32_t width, uint32_t height) {
  size_t column = (size_t)x * it->width / width, row = (size_t)y * it->height / height;
  double value = it->samples[row * it->width + column] + (it->is_signed ? 1 << (it->bits - 1) : 0);
  return value * 255 / ((1 << it->bits) - 1);
}

static void write_pixel(const struct picture *it, uint32_t x, uint32_t y, uint32_t channels, uint8_t *into) {
  uint32_t width = it->x1 - it->x0, height = it->y1 - it->y0;
  double values[3];
  for (uint32_t c = 0; c < channels; c++) values[c] = sample(&it->components[c], x, y, width, height);
  if (channels == 3 && it->color_space == SPACE_SYCC) {
    double luma = values[0], blue = values[1] - 128, red = values[2] - 128;
    values[0] = luma + 1.402 * red;
    values[1] = luma - 0.344136 * blue - 0.714136 * red;
    values[2] = luma + 1.772 * blue;
  }
  for (uint32_t c = 0; c < channels; c++) into[c] = clamped(values[c]);
}

static int is_readable(const struct picture *it, struct image_sink *sink) {
  if (it->component_count < 1 || it->component_count > MOST_COMPONENTS)
    return image_fail(sink, "it has neither one nor three colours");
  if (it->color_space == SPACE_EYCC || it->color_space == SPACE_CMYK)
    return image_fail(sink, "its colours are not gray, RGB or sYCC");
  for (uint32_t c = 0; c < it->component_count; c++)
    if (it->components[c].bits < 1 || it->components[c].bits > MOST_BITS)
      return image_fail(sink, "a component has more than 16 bits");
  return 1;
}

/// Gray or three colours; what follows is alpha.
static uint32_t channel_count(const struct picture *it) { return it->component_count < 3 ? 1 : 3; }

static int write_pixels(const struct picture *it, struct image_sink *sink) {
  uint32_t width = it->x1 - it->x0, height = it->y1 - it->y0, channels = channel_count(it);
  for (uint32_t c = 0; c < channels; c++) {
    const struct component *component = &it->components[c];
    if (!component->samples || !component->width || !component->height)
      return image_fail(sink, "a component has no samples");
  }
  uint8_t *place = sink->allocate(sink->context, width, height, channels);
  if (!place) return 0;
  for (uint32_t y = 0; y < height; y++)
    for (uint32_t x = 0; x < width; x++, place += channels) write_pixel(it, x, y, channels, place);
  return 1;
}

static int decode(
    void *library, void *codec, void *stream, struct picture **picture, struct image_sink *sink) {
  FUNCTION(void, opj_set_default_decoder_parameters, void *);
  FUNCTION(int, opj_setup_decoder, void *, void *);
  FUNCTION(int, opj_read_header, void *, void *, struct picture **);
  FUNCTION(int, opj_decode, void *, void *, struct picture *);
  FUNCTION(int, opj_end_decompress, void *, void *);
  union parameters parameters;
  opj_set_default_decoder_parameters(&parameters);
  if (!opj_setup_decoder(codec, &parameters) || !opj_read_header(stream, codec, picture)) return 0;
  struct picture *it = *picture;
  if (it->x1 <= it->x0 || it->y1 <= it->y0 || !is_readable(it, sink)) return 0;
  // Asked before decoding, which needs far more memory than the header, and again for what came of it.
  if (!sink->allocate(sink->context, it->x1 - it->x0, it->y1 - it->y0, channel_count(it))) return 0;
  if (!opj_decode(codec, stream, it) || !opj_end_decompress(codec, stream)) return 0;
  return is_readable(it, sink) && write_pixels(it, sink);
}

int image_decode_jpeg2000(void *library, const uint8_t *bytes, size_t count, struct image_sink *sink) {
  FUNCTION(void *, opj_create_decompress, int);
  FUNCTION(void, opj_destroy_codec, void *);
  FUNCTION(int, opj_set_error_handler, void *, void (*)(const char *, void *), void *);
  FUNCTION(void *, opj_stream_create, size_t, int);
  FUNCTION(void, opj_stream_destroy, void *);
  FUNCTION(void, opj_stream_set_read_function, void *, size_t (*)(void *, size_t, void *));
  FUNCTION(void, opj_stream_set_skip_function, void *, int64_t (*)(int64_t, void *));
  FUNCTION(void, opj_stream_set_seek_function, void *, int (*)(int64_t, void *));
  FUNCTION(void, opj_stream_set_user_data, void *, void *, void (*)(void *));
  FUNCTION(void, opj_stream_set_user_data_length, void *, uint64_t);
  FUNCTION(void, opj_image_destroy, struct picture *);

  struct stream source = {.bytes = bytes, .count = count};
  void *codec = opj_create_decompress(bytes[0] == 0xFF ? CODEC_CODESTREAM : CODEC_JP2);
  void *stream = opj_stream_create(BUFFER_SIZE, 1);
  struct picture *picture = NULL;
  int is_done = 0;
  if (codec && stream) {
    opj_set_error_handler(codec, note_error, sink);
    opj_stream_set_read_function(stream, read_bytes);
    opj_stream_set_skip_function(stream, skip_bytes);
    opj_stream_set_seek_function(stream, seek_to);
    opj_stream_set_user_data(stream, &source, NULL);
    opj_stream_set_user_data_length(stream, count);
    is_done = decode(library, codec, stream, &picture, sink);
  }
  if (picture) opj_image_destroy(picture);
  if (stream) opj_stream_destroy(stream);
  if (codec) opj_destroy_codec(codec);
  return is_done ? 1 : image_fail(sink, "OpenJPEG cannot read it");
}
