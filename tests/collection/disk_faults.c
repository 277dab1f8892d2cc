/* Preloaded into a process, makes its writes and syncs below one folder fail now and then, once it is armed.
 *
 * fault_arm("/the/folder", seed, one_in, &count): from then on one call in `one_in` fails, on average:
 * and is counted, a write with ENOSPC, a write that writes only half, an fsync or fdatasync with EIO.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[4096];
static unsigned int state;
static int one_in;
static long *injected;

void fault_arm(const char *below, unsigned int seed, int rate, long *count) {
    injected = count;
    strncpy(folder, below, sizeof folder - 1);
    state = seed;
    one_in = rate;
}

static int strikes(int descriptor) {
    char link[64], path[4096];
    ssize_t length;
    if (one_in <= 0 || rand_r(&state) % one_in != 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    if (strncmp(path, folder, strlen(folder)) != 0) return 0;
    __sync_fetch_and_add(injected, 1);
    return 1;
}

#define REAL(name, type) static type real; if (!real) real = (type)dlsym(RTLD_NEXT, name)

typedef ssize_t (*write_type)(int, const void *, size_t);
typedef ssize_t (*pwrite_type)(int, const void *, size_t, off64_t);
typedef int (*sync_type)(int);

ssize_t write(int descriptor, const void *from, size_t count) {
    REAL("write", write_type);
    if (strikes(descriptor)) {
        if (count > 1 && rand_r(&state) % 2) return real(descriptor, from, count / 2);
        errno = ENOSPC;
        return -1;
    }
    return real(descriptor, from, count);
}

ssize_t pwrite64(int descriptor, const void *from, size_t count, off64_t at) {
    REAL("pwrite64", pwrite_type);
    if (strikes(descriptor)) {
        if (count > 1 && rand_r(&state) % 2) real(descriptor, from, count / 2, at);
        errno = ENOSPC;
        return -1;
    }
    return real(descriptor, from, count, at);
}

ssize_t pwrite(int descriptor, const void *from, size_t count, off_t at) {
    return pwrite64(descriptor, from, count, at);
}

int fsync(int descriptor) {
    REAL("fsync", sync_type);
    if (strikes(descriptor)) { errno = EIO; return -1; }
    return real(descriptor);
}

int fdatasync(int descriptor) {
    REAL("fdatasync", sync_type);
    if (strikes(descriptor)) { errno = EIO; return -1; }
    return real(descriptor);
}
