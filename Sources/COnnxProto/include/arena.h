#ifndef TOUCHSTONE_ARENA_H
#define TOUCHSTONE_ARENA_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>
#include <stdint.h>

#include "onnx.pb-c.h"

/* Memory for one message tree: bump allocation up to a budget, freed as a whole. Once the budget is spent
   the allocator returns NULL, on which protobuf-c gives up cleanly. */
typedef struct touchstone_arena {
  ProtobufCAllocator allocator;
  struct touchstone_block *_Nullable blocks;
  size_t left_in_block;
  size_t used;
  size_t budget;
} touchstone_arena;

void touchstone_arena_init(touchstone_arena *_Nonnull arena, size_t budget);
void touchstone_arena_free(touchstone_arena *_Nonnull arena);

/* protobuf-c's unpacking of `length` bytes into the arena; NULL if it refuses them or the budget is spent. */
const ProtobufCMessage *_Nullable touchstone_unpack(
    touchstone_arena *_Nonnull arena, const ProtobufCMessageDescriptor *_Nonnull descriptor,
    const uint8_t *_Nullable bytes, size_t length);

/* The messages that a file can hold as its outermost one. */
const ProtobufCMessageDescriptor *_Nonnull touchstone_model_descriptor(void);
const ProtobufCMessageDescriptor *_Nonnull touchstone_tensor_descriptor(void);
const ProtobufCMessageDescriptor *_Nonnull touchstone_sparse_tensor_descriptor(void);
const ProtobufCMessageDescriptor *_Nonnull touchstone_sequence_descriptor(void);
const ProtobufCMessageDescriptor *_Nonnull touchstone_map_descriptor(void);
const ProtobufCMessageDescriptor *_Nonnull touchstone_optional_descriptor(void);
const ProtobufCMessageDescriptor *_Nonnull touchstone_type_descriptor(void);

#endif
