/*
 * outlive SECONDS: leaves a process that tries to survive the end of its sandbox. It attaches to the first process of the
 * namespace and makes it forget its parent-death signal, so that the namespace stays when the sandbox's outer process has
 * gone. Prints what came of that. x86-64.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static int forget_parent(pid_t target) {
  struct user_regs_struct saved, regs;
  int status;
  if (ptrace(PTRACE_ATTACH, target, 0, 0) != 0) return -1;
  waitpid(target, &status, __WALL);
  if (ptrace(PTRACE_GETREGS, target, 0, &saved) != 0) return -1;
  regs = saved;
  regs.rip = saved.rip - 2; /* the syscall instruction that it waits in */
  regs.rax = SYS_prctl;
  regs.orig_rax = -1;
  regs.rdi = 1; /* PR_SET_PDEATHSIG */
  regs.rsi = 0;
  if (ptrace(PTRACE_SETREGS, target, 0, &regs) != 0) return -1;
  if (ptrace(PTRACE_SINGLESTEP, target, 0, 0) != 0) return -1;
  waitpid(target, &status, __WALL);
  saved.rip -= 2;
  saved.rax = saved.orig_rax;
  saved.orig_rax = -1;
  ptrace(PTRACE_SETREGS, target, 0, &saved);
  return ptrace(PTRACE_DETACH, target, 0, 0);
}

int main(int argc, char **argv) {
  int ready[2];
  char byte;
  if (argc != 2 || pipe(ready) != 0) return 2;
  if (fork() == 0) {
    setsid();
    if (fork() != 0) _exit(0);
    if (forget_parent(1) == 0) {
      puts("attached");
    } else {
      printf("refused: %s\n", strerror(errno));
    }
    fflush(stdout);
    write(ready[1], "x", 1);
    close(ready[1]);
    close(0);
    execlp("sleep", "sleep", argv[1], (char *)0);
    _exit(127);
  }
  close(ready[1]);
  read(ready[0], &byte, 1);
  return 0;
}
