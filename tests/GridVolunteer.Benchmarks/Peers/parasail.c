// Times parasail on one query against a database, on one thread.
//
//   parasail VARIANT SECONDS < SEQUENCES
//
// SEQUENCES is one sequence a line, the query first. The profile is made once; the database is passed over again and again
// until SECONDS of processor time are used. Prints the version, then cells and processor seconds, then each sequence's score.
#include <parasail.h>
#include <parasail/matrices/blosum62.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// parasail charges `open` for the first residue of a gap: BLAST's 11 and 1 are 12 and 1 here.
enum { OPEN = 12, EXTEND = 1 };

typedef struct {
    const char *name;
    parasail_profile_t *(*prepare)(const char *, int, const parasail_matrix_t *);
    parasail_result_t *(*align)(const parasail_profile_t *, const char *, int, int, int);
} variant_t;

static const variant_t variants[] = {
    { "striped_avx2_256_sat", parasail_profile_create_avx_256_sat, parasail_sw_striped_profile_avx2_256_sat },
    { "striped_avx2_256_16", parasail_profile_create_avx_256_16, parasail_sw_striped_profile_avx2_256_16 },
    { "scan_avx2_256_sat", parasail_profile_create_avx_256_sat, parasail_sw_scan_profile_avx2_256_sat },
    { "striped_sse41_128_sat", parasail_profile_create_sse_128_sat, parasail_sw_striped_profile_sse41_128_sat },
};

static double processor_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static char *read_line(int *length) {
    char *line = NULL;
    size_t room = 0;
    ssize_t got = getline(&line, &room, stdin);
    while (got > 0 && (line[got - 1] == '\n' || line[got - 1] == '\r')) {
        line[--got] = 0;
    }
    *length = (int)got;
    if (got <= 0) {
        free(line);
        return NULL;
    }
    return line;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: parasail VARIANT SECONDS < SEQUENCES\n");
        return 2;
    }
    const variant_t *variant = NULL;
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        if (strcmp(argv[1], variants[i].name) == 0) {
            variant = &variants[i];
        }
    }
    if (variant == NULL) {
        fprintf(stderr, "no variant %s\n", argv[1]);
        return 2;
    }
    double seconds = atof(argv[2]);

    int query_length, count = 0, room = 0;
    char *query = read_line(&query_length);
    if (query == NULL) {
        fprintf(stderr, "no query\n");
        return 2;
    }
    char **sequences = NULL;
    int *lengths = NULL;
    long long residues = 0;
    char *line;
    int length;
    while ((line = read_line(&length)) != NULL) {
        if (count == room) {
            room = room == 0 ? 1024 : 2 * room;
            sequences = realloc(sequences, (size_t)room * sizeof *sequences);
            lengths = realloc(lengths, (size_t)room * sizeof *lengths);
        }
        sequences[count] = line;
        lengths[count++] = length;
        residues += length;
    }

    int *scores = calloc((size_t)count + 1, sizeof *scores);
    long long cells = 0;
    double start = processor_seconds(), used;
    parasail_profile_t *profile = variant->prepare(query, query_length, &parasail_blosum62);
    do {
        for (int i = 0; i < count; i++) {
            parasail_result_t *result = variant->align(profile, sequences[i], lengths[i], OPEN, EXTEND);
            scores[i] = parasail_result_is_saturated(result) ? -1 : parasail_result_get_score(result);
            parasail_result_free(result);
        }
        cells += residues * query_length;
        used = processor_seconds() - start;
    } while (used < seconds);
    parasail_profile_free(profile);

    int major, minor, patch;
    parasail_version(&major, &minor, &patch);
    printf("parasail %d.%d.%d\n%lld %.9f\n", major, minor, patch, cells, used);
    for (int i = 0; i < count; i++) {
        printf("%d\n", scores[i]);
    }
    return 0;
}
