/* Linked into the build that counts: every basic block of the learner's program calls the first function here. The
 * counts lie in a file that is mapped, so that a program that crashes, is killed or never ends still leaves them.
 * The file begins with the address where the program starts; a count stands at a quarter of a block's distance from
 * it, because blocks are more than four bytes apart.
 *
 * A crash tells on file descriptor 4 where it came from, as addresses from the innermost, one a line. */
#define _GNU_SOURCE
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#define UNCOUNTED __attribute__((no_sanitize_coverage))

enum { FRAMES = 24, STACK_BYTES = 256 * 1024 };

extern const char __executable_start, etext;

static struct {
    uint64_t start;
    uint32_t counts[];
} *faultline_file;

/* A stack overflow leaves no room for the handler on the stack that overflowed. */
static char faultline_stack[STACK_BYTES];

UNCOUNTED void __sanitizer_cov_trace_pc(void) {
    uintptr_t at = (uintptr_t)__builtin_return_address(0) - (uintptr_t)&__executable_start;
    if (faultline_file) faultline_file->counts[at / 4]++;
}

UNCOUNTED static void faultline_tell(uintptr_t address) {
    char line[32];
    int length = snprintf(line, sizeof line, "%lx\n", (unsigned long)address);
    if (write(4, line, (size_t)length) < 0) return;
}

UNCOUNTED static void faultline_crash(int signal_number, siginfo_t *info, void *context) {
    void *frames[FRAMES];
    (void)info;
    /* Whatever the crash broke (a lock, the heap) may stop this handler: then the alarm ends the program. */
    signal(signal_number, SIG_DFL);
    signal(SIGALRM, SIG_DFL);
    alarm(1);
#if defined(__x86_64__)
    faultline_tell((uintptr_t)((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP]);
#elif defined(__aarch64__)
    faultline_tell((uintptr_t)((ucontext_t *)context)->uc_mcontext.pc);
#endif
    int count = backtrace(frames, FRAMES);
    /* A return address belongs to the call before it. */
    for (int i = 0; i < count; i++) faultline_tell((uintptr_t)frames[i] - 1);
    raise(signal_number);
}

UNCOUNTED static void faultline_map(void) {
    size_t size = sizeof *faultline_file + (size_t)(&etext - &__executable_start) + 4;
    int file = open("faultline_counts", O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (file < 0) return;
    if (ftruncate(file, (off_t)size) == 0) {
        void *room = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (room != MAP_FAILED) faultline_file = room;
    }
    close(file);
    if (faultline_file) faultline_file->start = (uintptr_t)&__executable_start;
}

UNCOUNTED __attribute__((constructor)) static void faultline_watch(void) {
    static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGILL};
    stack_t stack = {.ss_sp = faultline_stack, .ss_size = sizeof faultline_stack};
    struct sigaction action = {.sa_sigaction = faultline_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    void *first[1];
    faultline_map();
    backtrace(first, 1); /* loads the unwinder now: a crashed program may not be able to */
    sigaltstack(&stack, NULL);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) sigaction(signals[i], &action, NULL);
}
