/* Linked into the build that counts lines: writes the counters even when the program crashes or is ended, and tells
 * on file descriptor 4 where a crash came from, as addresses from the innermost, one a line. Without this only a
 * program that exits by itself leaves its counts. */
#define _GNU_SOURCE
#include <execinfo.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>
#include <unistd.h>

enum { FRAMES = 24, STACK_BYTES = 256 * 1024 };

extern void __gcov_dump(void);
extern void __real__exit(int status) __attribute__((noreturn));

/* A stack overflow leaves no room for the handler on the stack that overflowed. */
static char faultline_stack[STACK_BYTES];

static void faultline_tell(uintptr_t address) {
    char line[32];
    int length = snprintf(line, sizeof line, "%lx\n", (unsigned long)address);
    if (write(4, line, (size_t)length) < 0) return;
}

static void faultline_place(void *context) {
    void *frames[FRAMES];
    int count = backtrace(frames, FRAMES);
#if defined(__x86_64__)
    faultline_tell((uintptr_t)((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP]);
#elif defined(__aarch64__)
    faultline_tell((uintptr_t)((ucontext_t *)context)->uc_mcontext.pc);
#endif
    /* A return address belongs to the call before it. */
    for (int i = 0; i < count; i++) faultline_tell((uintptr_t)frames[i] - 1);
}

static void faultline_dump(int signal_number, siginfo_t *info, void *context) {
    (void)info;
    /* Whatever the crash broke (a lock, the heap) may stop this handler: then the alarm ends the program. */
    signal(SIGALRM, SIG_DFL);
    alarm(1);
    if (signal_number == SIGSEGV || signal_number == SIGBUS || signal_number == SIGFPE || signal_number == SIGABRT ||
        signal_number == SIGILL)
        faultline_place(context);
    __gcov_dump();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

/* The linker sends the program's own calls of _exit here. */
void __wrap__exit(int status) {
    __gcov_dump();
    __real__exit(status);
}

__attribute__((constructor)) static void faultline_watch(void) {
    static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGILL, SIGALRM, SIGTERM, SIGXCPU};
    stack_t stack = {.ss_sp = faultline_stack, .ss_size = sizeof faultline_stack};
    struct sigaction action = {.sa_sigaction = faultline_dump, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    void *first[1];
    backtrace(first, 1); /* loads the unwinder now: a crashed program may not be able to */
    sigaltstack(&stack, NULL);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) sigaction(signals[i], &action, NULL);
}
