/* Tests the C interface from C: what the header promises, one sentence a promise.

       interface                     the tests; prints a line each
       interface repeat N            runs a study N times and fails when memory grows
       interface lines FILE          runs a line "STUDY JSON" of the file each, and counts the statuses; see fuzz.py */

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "weaktostrong.h"

static const char *const POINT =
    "{\"gamma_teacher\":0.25,\"gamma_student\":1.2,\"lambda_teacher\":0.05,\"lambda_student\":[0.1,1],\"noise_variance\":3}";

/* Some 10^7 cells: seconds of work. */
static const char *const LONG =
    "{\"gamma_teacher\":0.25,\"gamma_student\":1.2,\"lambda_teacher\":\"0.01:10:6000\",\"lambda_student\":\"0.01:10:6000\","
    "\"noise_variance\":3}";

static int failures;

static int expect(int holds, const char *promise) {
    printf("%s - %s\n", holds ? "ok" : "not ok", promise);
    failures += !holds;
    return holds;
}

static void lists_the_studies(void) {
    expect(w2s_interface() == W2S_INTERFACE, "the library has the interface of the header");
    expect(strchr(w2s_version(), '.') != NULL, "the version is told");
    expect(strstr(w2s_studies(), "{\"name\":\"limits\",") != NULL, "the studies are listed");
}

static void runs_a_study(void) {
    w2s_result *result = NULL;
    w2s_summary summary;
    w2s_column column;
    const unsigned char *bytes = NULL;
    int64_t length = 0;
    int32_t i;
    double gap = NAN, teacher = NAN, student = NAN;
    int window = 0;
    if (!expect(w2s_run("limits", POINT, NULL, &result) == W2S_DONE && result != NULL, "a study runs"))
        return;
    expect(w2s_describe(result, &summary) == W2S_DONE && summary.rows == 2 && summary.columns > 10 && summary.done == summary.asked,
           "a result is described");
    for (i = 0; i < summary.columns; i++) {
        if (w2s_column_at(result, i, &column) != W2S_DONE || column.rows != summary.rows)
            break;
        if (strcmp(column.name, "teacher_error") == 0)
            teacher = column.numbers[1];
        if (strcmp(column.name, "student_error") == 0)
            student = column.numbers[1];
        if (strcmp(column.name, "gap") == 0)
            gap = column.numbers[1];
        if (strcmp(column.name, "window") == 0)
            window = column.kind == W2S_TEXT && column.word_count == 1 && strcmp(column.words[column.codes[1]], "interval") == 0;
    }
    expect(i == summary.columns, "every column can be read");
    expect(fabs(student - teacher - gap) < 1e-12 && gap < 0, "numbers are where they belong");
    expect(window, "text is where it belongs");
    expect(w2s_column_at(result, -1, &column) == W2S_BAD_INPUT && w2s_column_at(result, summary.columns, &column) == W2S_BAD_INPUT,
           "a column that does not exist is refused");
    expect(w2s_save(result, "/nowhere/table.csv") == W2S_BAD_INPUT && strstr(w2s_last_error(), "/nowhere") != NULL,
           "a place that cannot be written is refused");
    expect(w2s_draw(result, "svg", &bytes, &length) == W2S_DONE && length > 1000
               && strncmp((const char *)bytes + length - 7, "</svg>", 6) == 0,
           "a picture is drawn");
    expect(w2s_draw(result, "gif", &bytes, &length) == W2S_BAD_INPUT, "a picture of another kind is refused");
    w2s_free(result);
}

static void refuses_in_a_sentence(void) {
    static const struct { const char *study, *arguments, *sentence; } wrong[] = {
        {"limit", "{}", "'limit' is not a study; it must be "},
        {"limits", "{", "the arguments are not JSON: "},
        {"limits", "[]", "the arguments must be a JSON object"},
        {"limits", "{\"gamma_teacher\":-1}", "gamma_teacher is '-1'; it must be a positive finite number"},
        {"limits", "{\"gamma_student\":1}", "gamma_teacher is missing; "},
        {"limits", "{\"gamma\":1}", "gamma is not a parameter of limits"},
        {"limits", "{\"gamma_teacher\":\"\\ud800\"}", ""},
        {"limits", "{\"\\udfff\":1}", ""},
        {"limits", "\xff\xfe", "the arguments are not JSON: "},
        {"\xff", "{}", "study is not UTF-8"},
        {NULL, "{}", "study is NULL"},
        {"limits", NULL, "arguments is NULL"},
    };
    size_t i;
    char promise[64];
    for (i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        w2s_result *result = (w2s_result *)&failures;
        w2s_status status = w2s_run(wrong[i].study, wrong[i].arguments, NULL, &result);
        const char *sentence = w2s_last_error();
        snprintf(promise, sizeof promise, "wrong input %d is refused in one sentence", (int)i);
        if (!expect(status == W2S_BAD_INPUT && result == NULL && strncmp(sentence, wrong[i].sentence, strlen(wrong[i].sentence)) == 0 &&
                        strchr(sentence, '\n') == NULL && sentence[strlen(sentence) - 1] == '.',
                    promise))
            printf("    status %d: %s\n", (int)status, sentence);
    }
    expect(w2s_run("limits", POINT, NULL, NULL) == W2S_BAD_INPUT, "a result without a place is refused");
    expect(w2s_describe(NULL, NULL) == W2S_BAD_INPUT, "a result that is NULL is refused");
    w2s_free(NULL);
}

typedef struct watch {
    pthread_t caller;
    int told, asked, elsewhere;
} watch;

static void tell(void *state, const char *stage, int64_t done, int64_t total) {
    watch *w = state;
    w->told += stage != NULL && done <= total;
    w->elsewhere += !pthread_equal(w->caller, pthread_self());
}

static int32_t stop(void *state) {
    watch *w = state;
    w->elsewhere += !pthread_equal(w->caller, pthread_self());
    return ++w->asked >= 3;
}

static void can_be_stopped(void) {
    watch w = {0};
    w2s_options options = {0};
    w2s_result *result = NULL;
    w2s_status status;
    w.caller = pthread_self();
    options.progress = tell;
    options.cancelled = stop;
    options.state = &w;
    status = w2s_run("limits", LONG, &options, &result);
    expect(status == W2S_INTERRUPTED && result == NULL, "a run is stopped");
    expect(w.asked >= 3, "whether to stop is asked from time to time");
    expect(w.elsewhere == 0, "callbacks come on the thread that called");
    w2s_free(result);
}

static void *one_thread(void *state) {
    int i, *wrong = state;
    for (i = 0; i < 200; i++) {
        w2s_result *result = NULL;
        char arguments[128], sentence[64];
        w2s_column column;
        snprintf(arguments, sizeof arguments, "{\"gamma_teacher\":%d,\"gamma_student\":1,\"noise_variance\":1}", *wrong * 1000 + i + 1);
        if (w2s_run("limits", arguments, NULL, &result) != W2S_DONE || w2s_column_at(result, 0, &column) != W2S_DONE ||
            column.numbers[0] != *wrong * 1000 + i + 1)
            *wrong = -1;
        w2s_free(result);
        snprintf(arguments, sizeof arguments, "{\"gamma_teacher\":-%d}", *wrong * 1000 + i + 1);
        snprintf(sentence, sizeof sentence, "gamma_teacher is '-%d';", *wrong * 1000 + i + 1);
        if (w2s_run("limits", arguments, NULL, &result) != W2S_BAD_INPUT || strncmp(w2s_last_error(), sentence, strlen(sentence)) != 0)
            *wrong = -1;
        if (*wrong < 0)
            break;
    }
    return NULL;
}

static void is_safe_for_threads(void) {
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    int i, wrong[THREADS], good = 1;
    for (i = 0; i < THREADS; i++) {
        wrong[i] = i;
        pthread_create(&threads[i], NULL, one_thread, &wrong[i]);
    }
    for (i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        good &= wrong[i] == i;
    }
    expect(good, "threads run side by side, each with its own last error");
}

/* Bytes of memory that are in use by the process. */
static double resident(void) {
    long pages = 0, all = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%ld %ld", &all, &pages) != 2)
        pages = 0;
    if (file != NULL)
        fclose(file);
    return pages * 4096.0;
}

static int repeat(int times) {
    double early = 0, late;
    int i;
    for (i = 0; i < times; i++) {
        w2s_result *result = NULL;
        w2s_summary summary;
        w2s_column column;
        int32_t c;
        if (w2s_run("limits", i % 4 == 3 ? "{\"gamma_teacher\":-1}" : POINT, NULL, &result) == W2S_DONE
            && w2s_describe(result, &summary) == W2S_DONE) {
            for (c = 0; c < summary.columns; c++)
                w2s_column_at(result, c, &column);
        }
        w2s_free(result);
        if (i == times / 5)
            early = resident();
    }
    late = resident();
    printf("%.1f MB after %d calls, %.1f MB after %d\n", early / 1e6, times / 5, late / 1e6, times);
    return late > early * 1.1 + 4e6;
}

static int32_t soon(void *state) {
    int *left = state;
    return --*left < 0;
}

/* The memory that is left when what is garbage has been collected: the least of the samples from first to before last. */
static double least(const double *samples, int first, int last) {
    double found = last > first ? samples[first] : 0;
    for (; first < last; first++)
        found = samples[first] < found ? samples[first] : found;
    return found;
}

static int lines(const char *path) {
    static char line[1 << 16];
    static double samples[10000];
    long counts[256] = {0}, total = 0;
    int count = 0;
    double early, late;
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return 1;
    while (fgets(line, sizeof line, file) != NULL) {
        w2s_result *result = NULL;
        w2s_options options = {0};
        int left = 0;
        char *arguments = strchr(line, ' ');
        w2s_status status;
        if (arguments == NULL)
            continue;
        *arguments++ = 0;
        arguments[strcspn(arguments, "\n")] = 0;
        options.threads = 1;
        options.cancelled = soon;
        options.state = &left;
        status = w2s_run(line, arguments, &options, &result);
        counts[status & 255]++;
        if (status == W2S_FAILED)
            printf("%s %s\n    %s\n", line, arguments, w2s_last_error());
        w2s_free(result);
        if (++total % 100 == 0 && count < 10000)
            samples[count++] = resident();
    }
    fclose(file);
    early = least(samples, count / 5, 2 * count / 5);
    late = least(samples, 4 * count / 5, count);
    printf("%ld lines: %ld done, %ld refused, %ld stopped, %ld broke; at least %.1f MB in the second fifth, %.1f MB in the last\n", total,
           counts[W2S_DONE], counts[W2S_BAD_INPUT], counts[W2S_INTERRUPTED], counts[W2S_FAILED], early / 1e6, late / 1e6);
    /* In a short run memory still grows to what the largest of the calls need and what the collector keeps for the next. */
    return counts[W2S_FAILED] > 0 || counts[W2S_DONE] == 0 || counts[W2S_BAD_INPUT] == 0 ||
           (total >= 20000 && late > early * 1.25 + 16e6);
}

int main(int count, char **words) {
    if (count == 3 && strcmp(words[1], "repeat") == 0)
        return repeat(atoi(words[2]));
    if (count == 3 && strcmp(words[1], "lines") == 0)
        return lines(words[2]);
    lists_the_studies();
    runs_a_study();
    refuses_in_a_sentence();
    can_be_stopped();
    is_safe_for_threads();
    return failures > 0;
}
