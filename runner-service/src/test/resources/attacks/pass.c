/*
 * pass receive NAME hold|drop: takes one descriptor from an abstract socket, and keeps it until its input ends, or not.
 * pass send NAME FILE: opens a file for writing and passes the descriptor.
 */
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int open_socket(const char *name, struct sockaddr_un *address, socklen_t *length) {
  memset(address, 0, sizeof *address);
  address->sun_family = AF_UNIX;
  strncpy(address->sun_path + 1, name, sizeof address->sun_path - 2);
  *length = offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name);
  return socket(AF_UNIX, SOCK_STREAM, 0);
}

int main(int argc, char **argv) {
  struct sockaddr_un address;
  socklen_t length;
  char byte = 'x', control[CMSG_SPACE(sizeof(int))];
  struct iovec data = {&byte, 1};
  struct msghdr message = {0};
  if (argc != 4) return 2;
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  int end = open_socket(argv[2], &address, &length);
  if (strcmp(argv[1], "receive") == 0) {
    if (bind(end, (struct sockaddr *)&address, length) != 0 || listen(end, 1) != 0) return perror("bind"), 1;
    puts("listening");
    fflush(stdout);
    int connection = accept(end, 0, 0);
    if (recvmsg(connection, &message, 0) <= 0) return perror("recvmsg"), 1;
    int received;
    memcpy(&received, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof received);
    if (strcmp(argv[3], "drop") == 0) close(received);
    write(connection, "x", 1);
    puts("received");
    fflush(stdout);
    while (read(0, &byte, 1) > 0) {}
    return write(received, "late", 4) == 4 ? 0 : 3;
  }
  if (connect(end, (struct sockaddr *)&address, length) != 0) return perror("connect"), 1;
  int file = open(argv[3], O_WRONLY | O_CREAT | O_APPEND, 0644);
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(header), &file, sizeof file);
  if (sendmsg(end, &message, 0) != 1) return perror("sendmsg"), 1;
  read(end, &byte, 1);
  return 0;
}
