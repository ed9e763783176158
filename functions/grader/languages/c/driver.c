/* Reads arguments from file descriptor 3 as words, writes one record to 4. The glue that is written for an
 * assignment's function calls these; no expected value is here. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static FILE *faultline_given;
static FILE *faultline_answer;

void faultline_open(void) {
    faultline_given = fdopen(3, "r");
    faultline_answer = fdopen(4, "w");
    if (!faultline_given || !faultline_answer) abort();
}

long faultline_read_long(void) {
    long value = 0;
    if (fscanf(faultline_given, "%ld", &value) != 1) abort();
    return value;
}

double faultline_read_float(void) {
    char word[64];
    if (fscanf(faultline_given, "%63s", word) != 1) abort();
    return strtod(word, NULL);
}

char *faultline_read_string(void) {
    size_t length = (size_t)faultline_read_long();
    char *text = calloc(length + 1, 1);
    if (!text || fgetc(faultline_given) != ' ') abort();
    if (fread(text, 1, length, faultline_given) != length) abort();
    return text;
}

void *faultline_room(long count, unsigned long size) {
    void *room = calloc(count > 0 ? (size_t)count : 1, size);
    if (!room) abort();
    return room;
}

void faultline_read_end(void) { fclose(faultline_given); }

void faultline_text(const char *text) { fputs(text, faultline_answer); }

void faultline_write_long(long value) {
    fprintf(faultline_answer, "{\"type\":\"int\",\"value\":\"%ld\"}", value);
}

void faultline_write_bool(int value) {
    fprintf(faultline_answer, "{\"type\":\"bool\",\"value\":%s}", value ? "true" : "false");
}

void faultline_write_float(double value) {
    if (isnan(value)) faultline_text("{\"type\":\"float\",\"value\":\"nan\"}");
    else if (isinf(value)) fprintf(faultline_answer, "{\"type\":\"float\",\"value\":\"%s\"}", value > 0 ? "inf" : "-inf");
    else fprintf(faultline_answer, "{\"type\":\"float\",\"value\":\"%.17g\"}", value);
}

void faultline_write_string(const char *text) {
    if (!text) {
        faultline_text("{\"type\":\"none\"}");
        return;
    }
    faultline_text("{\"type\":\"string\",\"value\":\"");
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == '"' || *c == '\\') fprintf(faultline_answer, "\\%c", *c);
        else if (*c < 0x20) fprintf(faultline_answer, "\\u%04x", *c);
        else fputc(*c, faultline_answer);
    }
    faultline_text("\"}");
}

void faultline_close(void) {
    fflush(stdout);
    fclose(faultline_answer);
    _exit(0);
}
