/* Touchstone, a reference interpreter of ONNX: the C ABI of libTouchstoneC.
 *
 * Every function that can fail returns a code, TOUCHSTONE_OK (0) where it did what it says. Its last
 * parameter, `error`, may be NULL; otherwise it receives NULL or, on failure, an error that the caller
 * must free. What a function creates is NULL after a failure.
 *
 * Sessions, values and errors are handles. They are no addresses: a handle that is NULL, freed, or of
 * another kind is an error (TOUCHSTONE_INVALID_ARGUMENT), never a crash. Freeing NULL or a freed handle
 * does nothing. Pointers into a handle (names, dims, data) stay valid until that handle is freed, and what
 * they point to must not be written to.
 *
 * All functions may be called from any thread; a session may run in several threads at once.
 *
 * Text is UTF-8. Types are named by ONNX's type strings, as "tensor(float)" or "seq(tensor(int64))". */
#ifndef TOUCHSTONE_H
#define TOUCHSTONE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Grows when a declaration of this header changes its meaning; touchstone_abi_version() must equal it. */
#define TOUCHSTONE_ABI_VERSION 1

typedef struct touchstone_session touchstone_session;
typedef struct touchstone_value touchstone_value;
typedef struct touchstone_error touchstone_error;

/* ---- Codes and errors ---- */

typedef int32_t touchstone_code;
enum {
  TOUCHSTONE_OK = 0,
  /* An operator cannot compute on the values of this run. */
  TOUCHSTONE_FAILED = 1,
  /* An argument of the call, or an input of the run, is not what it must be. */
  TOUCHSTONE_INVALID_ARGUMENT = 2,
  /* The model breaks ONNX's rules, or is unsafe to load. */
  TOUCHSTONE_INVALID_MODEL = 3,
  /* The model asks for what Touchstone does not have. */
  TOUCHSTONE_UNSUPPORTED = 4,
  /* The model's file cannot be read. */
  TOUCHSTONE_NO_SUCH_FILE = 66,
  /* A mistake of Touchstone itself. */
  TOUCHSTONE_INTERNAL = 70,
  /* The run was ended through `terminate`. */
  TOUCHSTONE_CANCELLED = 130
};

/* The error's code; TOUCHSTONE_INVALID_ARGUMENT for what is no error. */
touchstone_code touchstone_error_code(const touchstone_error *error);
/* What is wrong and where; lives as long as the error. Never NULL. */
const char *touchstone_error_message(const touchstone_error *error);
void touchstone_error_free(touchstone_error *error);

/* "0.1.0"; lives forever. */
const char *touchstone_version(void);
/* TOUCHSTONE_ABI_VERSION of the library. */
int32_t touchstone_abi_version(void);

/* ---- Sessions ---- */

typedef struct touchstone_session_options {
  /* sizeof(touchstone_session_options), so that later versions can add fields. */
  size_t size;
  /* 0: the graph as it stands; 1: rewritten by rules that keep every bit; 2, 99: also by those that round otherwise. */
  int32_t graph_optimization_level;
  /* Threads within one operator; 0: as many as there are processors. */
  int32_t intra_op_num_threads;
  /* 0: every operator runs by its definition; otherwise faster kernels run where there are any. */
  int32_t use_kernels;
  int32_t reserved;
  /* Where operators without a `seed` attribute begin to draw. */
  uint64_t seed;
  /* Bytes that all values of a run may take at a time; 0: 16 GiB, half of the machine's memory, or what the
   * process may have, whichever is least. */
  uint64_t memory_limit;
} touchstone_session_options;

/* Fills in the defaults, `size` included. */
void touchstone_session_options_init(touchstone_session_options *options);

/* A session of the file at `path`; external data is looked for in its folder. NULL options are the
 * defaults. Files are mapped as long as the session lives: one that another process shortens meanwhile ends
 * this one by SIGBUS. Give bytes where that is to be feared. */
touchstone_code touchstone_session_create_from_file(
    const char *path, const touchstone_session_options *options, touchstone_session **session,
    touchstone_error **error);
/* A session of the bytes of a file, which are copied. External data is looked for in the folder
 * `external_data_folder`; where that is NULL, external data is an error. */
touchstone_code touchstone_session_create_from_bytes(
    const void *bytes, size_t byte_count, const char *external_data_folder,
    const touchstone_session_options *options, touchstone_session **session, touchstone_error **error);
void touchstone_session_free(touchstone_session *session);

/* ---- What a session says of its model ---- */

typedef int32_t touchstone_port;
enum {
  TOUCHSTONE_INPUT = 0,
  TOUCHSTONE_OUTPUT = 1,
  /* An input with a default. */
  TOUCHSTONE_OVERRIDABLE_INITIALIZER = 2
};

/* One input or output. Everything it points to lives as long as the session. */
typedef struct touchstone_port_info {
  const char *name;
  /* "tensor(float)"; NULL where the model does not say. */
  const char *type;
  /* TensorProto.DataType of a tensor or sparse tensor; 0 for other kinds. */
  int32_t element_type;
  /* The number of dims; -1 where not even that is known. */
  int32_t rank;
  /* `rank` extents, -1 where they are not known as numbers. */
  const int64_t *dims;
  /* `rank` names, NULL for an extent without a name. */
  const char *const *dim_params;
} touchstone_port_info;

touchstone_code touchstone_session_port_count(
    const touchstone_session *session, touchstone_port port, size_t *count, touchstone_error **error);
touchstone_code touchstone_session_port_info(
    const touchstone_session *session, touchstone_port port, size_t index, touchstone_port_info *info,
    touchstone_error **error);

/* What a model says about itself. Everything it points to lives as long as the session. */
typedef struct touchstone_metadata {
  const char *producer_name;
  const char *producer_version;
  const char *graph_name;
  const char *domain;
  const char *description;
  const char *graph_description;
  int64_t version;
  int64_t ir_version;
  /* `custom_count` pairs of metadata. */
  size_t custom_count;
  const char *const *custom_keys;
  const char *const *custom_values;
} touchstone_metadata;

touchstone_code touchstone_session_metadata(
    const touchstone_session *session, touchstone_metadata *metadata, touchstone_error **error);

/* ---- Running ---- */

typedef struct touchstone_run_options {
  /* sizeof(touchstone_run_options). */
  size_t size;
  /* Used instead of the session's where `has_seed` is not 0. */
  uint64_t seed;
  int32_t has_seed;
  int32_t reserved;
  /* NULL, or a number that ends the run soon after some thread has made it other than 0, within a long operator too. */
  const volatile int32_t *terminate;
} touchstone_run_options;

/* Fills in the defaults, `size` included. */
void touchstone_run_options_init(touchstone_run_options *options);

/* Runs the model on `input_count` named inputs. `output_names` names `output_count` values of the main
 * graph; where it is NULL, all outputs of the model are computed, and `output_count` must be their number.
 * `outputs` has room for `output_count` handles, which the caller must free. NULL options are the
 * defaults. */
touchstone_code touchstone_session_run(
    const touchstone_session *session, const touchstone_run_options *options, const char *const *input_names,
    const touchstone_value *const *inputs, size_t input_count, const char *const *output_names,
    size_t output_count, touchstone_value **outputs, touchstone_error **error);

/* ---- Making values ----
 *
 * Elements lie in row-major order, little-endian. Types below a byte take one byte each: the sign-extended
 * number for int4 and int2, the number or code in the low bits for the others. bool is 0 or 1. complex is
 * (real, imaginary). Element types are the numbers of TensorProto.DataType. */

/* A tensor with a copy of `data`. `byte_count` must be what type and dims need; `data` may be NULL where
 * that is 0, as may `dims` where `rank` is 0. */
touchstone_code touchstone_tensor_copy(
    int32_t element_type, const int64_t *dims, size_t rank, const void *data, size_t byte_count,
    touchstone_value **value, touchstone_error **error);

typedef void (*touchstone_release)(void *context);

/* A tensor over the caller's `data`, which must stay unchanged until `release(release_context)` is called:
 * once, from any thread, when nothing refers to it any more. Outputs may do so after the run, and after
 * this value is freed. `release` may be NULL; it is not called where this function fails. */
touchstone_code touchstone_tensor_borrow(
    int32_t element_type, const int64_t *dims, size_t rank, const void *data, size_t byte_count,
    touchstone_release release, void *release_context, touchstone_value **value, touchstone_error **error);

/* A tensor of `count` strings; text k has `lengths[k]` bytes. Where `lengths` is NULL, every text ends
 * with NUL. */
touchstone_code touchstone_tensor_strings(
    const int64_t *dims, size_t rank, const char *const *texts, const size_t *lengths, size_t count,
    touchstone_value **value, touchstone_error **error);

/* A sparse tensor: `values` of shape [n], int64 `indices` of shape [n] or [n, rank]; `dims` are those of
 * the whole. */
touchstone_code touchstone_sparse_tensor(
    const touchstone_value *values, const touchstone_value *indices, const int64_t *dims, size_t rank,
    touchstone_value **value, touchstone_error **error);

/* A sequence of `count` values of one type. `element_type` may be NULL unless the sequence is empty. */
touchstone_code touchstone_sequence(
    const touchstone_value *const *elements, size_t count, const char *element_type, touchstone_value **value,
    touchstone_error **error);

/* A map from `keys`, a tensor of `count` integers or strings, all different, to values of one type.
 * `value_type` may be NULL unless the map is empty. */
touchstone_code touchstone_map(
    const touchstone_value *keys, const touchstone_value *const *values, size_t count, const char *value_type,
    touchstone_value **value, touchstone_error **error);

/* An optional value, absent where `element` is NULL; only then `element_type` is needed. */
touchstone_code touchstone_optional(
    const touchstone_value *element, const char *element_type, touchstone_value **value,
    touchstone_error **error);

void touchstone_value_free(touchstone_value *value);

/* ---- Reading values ---- */

typedef int32_t touchstone_kind;
enum {
  TOUCHSTONE_TENSOR = 1,
  TOUCHSTONE_SPARSE_TENSOR = 2,
  TOUCHSTONE_SEQUENCE = 3,
  TOUCHSTONE_MAP = 4,
  TOUCHSTONE_OPTIONAL = 5
};

touchstone_code touchstone_value_kind(
    const touchstone_value *value, touchstone_kind *kind, touchstone_error **error);
/* The type string; lives as long as the value. */
touchstone_code touchstone_value_type(
    const touchstone_value *value, const char **type, touchstone_error **error);

/* A tensor's elements where they lie; for a sparse tensor only type, dims and count. Lives as long as the
 * value. */
typedef struct touchstone_tensor_view {
  int32_t element_type;
  int32_t rank;
  const int64_t *dims;
  /* The number of elements: the product of the dims. */
  size_t count;
  /* Not necessarily aligned to the element type; NULL for strings and sparse tensors. */
  const void *data;
  size_t byte_count;
} touchstone_tensor_view;

touchstone_code touchstone_value_view(
    const touchstone_value *value, touchstone_tensor_view *view, touchstone_error **error);

/* The texts of a string tensor and their lengths in bytes, each followed by a NUL that does not count. */
touchstone_code touchstone_value_strings(
    const touchstone_value *value, const char *const **texts, const size_t **lengths, size_t *count,
    touchstone_error **error);

/* The number of elements: of a sequence; of a map its entries; of an optional 0 or 1; of a sparse tensor
 * 2. */
touchstone_code touchstone_value_element_count(
    const touchstone_value *value, size_t *count, touchstone_error **error);
/* An element as a new value, which the caller must free: of a sequence; of a map the value of entry
 * `index`; of an optional what it holds; of a sparse tensor its values (0) or indices (1). */
touchstone_code touchstone_value_element(
    const touchstone_value *value, size_t index, touchstone_value **element, touchstone_error **error);
/* The keys of a map as a new tensor of rank 1, which the caller must free. */
touchstone_code touchstone_value_keys(
    const touchstone_value *value, touchstone_value **keys, touchstone_error **error);

/* ---- Shape inference ---- */

/* The bytes of a model with inferred types and shapes written in, as a new uint8 tensor of rank 1. The
 * flags (0 or not) are those of onnx.shape_inference.infer_shapes. */
touchstone_code touchstone_infer_shapes(
    const void *bytes, size_t byte_count, int32_t check_type, int32_t strict_mode, int32_t data_prop,
    touchstone_value **model, touchstone_error **error);

/* ---- Rewriting models ---- */

/* A model to be rewritten, and where the new one goes. */
typedef struct touchstone_rewriting {
  /* sizeof(touchstone_rewriting), so that later versions can add fields. */
  size_t size;
  /* The file that holds the model, beside which its external data is looked for; NULL: the bytes hold it. */
  const char *path;
  const void *bytes;
  size_t byte_count;
  /* Where external data of bytes lies; NULL: there is none. */
  const char *external_data_folder;
  /* The file for the new model, which may be the old one: it is replaced once the new one is complete. External
   * data goes beside it, where the old model has such. NULL: the function gives the bytes. */
  const char *output_path;
} touchstone_rewriting;

/* The model rewritten by rules, as `touchstone optimize`. Level 0: not at all; 1: by those that keep every bit;
 * 2: also by those that round otherwise; with allow_other_values also by others. `fuse`: whether nodes also become
 * calls of functions. `only` and `skip` are names of rules; without `only` all are tried.
 *
 * Here and below `model` receives a new uint8 tensor of rank 1, the model's bytes, empty where it was written to a
 * file. */
touchstone_code touchstone_optimize(
    const touchstone_rewriting *rewriting, int32_t level, int32_t allow_other_values, int32_t fuse,
    const char *const *only, size_t only_count, const char *const *skip, size_t skip_count, touchstone_value **model,
    touchstone_error **error);
/* The model written in another version of a domain's operator set; NULL is ai.onnx. */
touchstone_code touchstone_convert_version(
    const touchstone_rewriting *rewriting, int64_t version, const char *domain, touchstone_value **model,
    touchstone_error **error);
/* The model with calls of its functions replaced by their bodies: of those named, as `domain:name`, or with
 * `exclude` of all others. */
touchstone_code touchstone_inline_functions(
    const touchstone_rewriting *rewriting, const char *const *functions, size_t function_count, int32_t exclude,
    touchstone_value **model, touchstone_error **error);
/* The part of the main graph that computes `outputs` from `inputs` and initializers. */
touchstone_code touchstone_extract_model(
    const touchstone_rewriting *rewriting, const char *const *inputs, size_t input_count,
    const char *const *outputs, size_t output_count, touchstone_value **model, touchstone_error **error);
/* The model in which some nodes of the main graph, by position, have become one call of a function; a domain of NULL
 * is `local`. */
touchstone_code touchstone_outline_function(
    const touchstone_rewriting *rewriting, const int64_t *nodes, size_t node_count, const char *name,
    const char *domain, touchstone_value **model, touchstone_error **error);
/* Writes the model that a session runs, which its level of optimization has made of the one given. */
touchstone_code touchstone_session_save_optimized_model(
    const touchstone_session *session, const char *path, touchstone_error **error);

#ifdef __cplusplus
}
#endif

#endif
