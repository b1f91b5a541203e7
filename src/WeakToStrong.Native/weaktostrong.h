/* WeakToStrong for C and whatever can call C: list the studies, run one, read its columns.

   All text is UTF-8 and ends with a NUL. Every function may be called from any thread at any time; one result may be read by many
   threads, and is freed once. No exception crosses. The library is loaded once and never unloaded.

   Structs are to be zeroed before they are filled: zero means "the default" everywhere. */

#ifndef WEAKTOSTRONG_H
#define WEAKTOSTRONG_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Which layout of this header a library was built with; w2s_interface() returns it. */
#define W2S_INTERFACE 1

/* What a call returns; the same numbers as the program's exit statuses. */
typedef enum w2s_status {
    W2S_DONE = 0,          /* the result is complete */
    W2S_FAILED = 1,        /* the run broke, as when memory is exhausted */
    W2S_BAD_INPUT = 2,     /* the input is wrong: w2s_last_error() says in one sentence what was read and what is allowed */
    W2S_INTERRUPTED = 130  /* stopped; the result, if there is one, holds what was finished */
} w2s_status;

/* What a column holds. */
typedef enum w2s_kind {
    W2S_NUMBERS = 0,   /* double */
    W2S_INTEGERS = 1,  /* int64_t */
    W2S_TEXT = 2       /* words[codes[row]] */
} w2s_kind;

/* How far a run is: done of total units of a stage, such as "trials". Called on the thread that called w2s_run, some times a second. */
typedef void (*w2s_progress)(void *state, const char *stage, int64_t done, int64_t total);

/* Whether to stop: anything but 0 ends the run in good order. Called like w2s_progress. */
typedef int32_t (*w2s_cancelled)(void *state);

/* An array handed over in place of a file, for a parameter of kind "file". It is read during w2s_run and not kept. */
typedef struct w2s_array {
    const char *parameter;  /* such as "weak_features" */
    const char *column;     /* NULL; or, for a table with named columns, the name of this one: of type "<f8", "<i8" or "<U..." */
    const char *type;       /* as NumPy writes it: "<f8", "<f4", "<f2", "<i8", ..., "|u1", "|b1", "<U5", "|S5" */
    const void *data;       /* without gaps; row after row */
    int64_t rows;
    int64_t columns;        /* 0 for an array of one dimension */
    int32_t column_major;   /* not 0: column after column */
} w2s_array;

/* How to run, apart from what is computed: results depend on none of it but the arrays. */
typedef struct w2s_options {
    int32_t threads;           /* the most threads to use; 0: all */
    int32_t array_count;
    const w2s_array *arrays;
    w2s_progress progress;     /* or NULL */
    w2s_cancelled cancelled;   /* or NULL */
    void *state;               /* handed to both */
} w2s_options;

/* A table, and sentences around it. */
typedef struct w2s_result w2s_result;

typedef struct w2s_summary {
    int64_t rows;
    int32_t columns;
    int64_t done, asked;  /* units of work finished and asked for */
    const char *unit;     /* what they are, such as "trials" */
    const char *remarks;  /* what to know before the table: sentences, one a line; empty when there are none */
    const char *answer;   /* the answer in words, one sentence a line; empty when there is none */
} w2s_summary;

typedef struct w2s_column {
    const char *name;
    w2s_kind kind;
    int64_t rows;
    const double *numbers;      /* W2S_NUMBERS; infinities and NaN as they are */
    const int64_t *integers;    /* W2S_INTEGERS */
    const int32_t *codes;       /* W2S_TEXT: row's text is words[codes[row]] */
    const char *const *words;
    int32_t word_count;
} w2s_column;

/* The W2S_INTERFACE of the library. */
int32_t w2s_interface(void);

/* The program's version, such as "0.2.0". */
const char *w2s_version(void);

/* Every study as JSON: an array of {name, summary, has_trials, parameters: [{name, kind, help, allowed, value_name, required, axis,
   default, default_in_words, words}], columns: [{name, meaning, symbol}], examples: [{purpose, arguments}]}. */
const char *w2s_studies(void);

/* Runs a study. arguments is a JSON object of parameters' names and values: numbers, texts, true or false, and arrays of numbers for
   grids; infinity is the text "inf"; null is absent. options may be NULL. *result is to be freed with w2s_free; it is NULL unless the
   status is W2S_DONE, or W2S_INTERRUPTED after something was finished. */
w2s_status w2s_run(const char *study, const char *arguments, const w2s_options *options, w2s_result **result);

/* What a result holds; lives as long as the result. */
w2s_status w2s_describe(w2s_result *result, w2s_summary *summary);

/* A column, from 0, without a copy; lives as long as the result. */
w2s_status w2s_column_at(w2s_result *result, int32_t index, w2s_column *column);

/* Writes a result as the program does, byte for byte: JSON when the path ends with .json, otherwise CSV; whole or not at all. */
w2s_status w2s_save(w2s_result *result, const char *path);

/* The picture of a result as the bytes of a file; format is "svg", "pdf" or "png". Refused when nothing varies, or too much does. The bytes
   live as long as the result. */
w2s_status w2s_draw(w2s_result *result, const char *format, const unsigned char **bytes, int64_t *length);

/* Frees a result; NULL is allowed. */
void w2s_free(w2s_result *result);

/* The sentence for the last call on this thread that returned something else than W2S_DONE; valid until the next one does. */
const char *w2s_last_error(void);

#ifdef __cplusplus
}
#endif

#endif
