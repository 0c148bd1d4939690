#!/bin/sh
# Who may use the webhook: ferry-token add|list|revoke|rotate, as ./ferry token outside of containers. The running service
# notices.
#   docker compose exec webhook ferry-token add ci --role submit
set -eu
exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m -cp '/opt/ferry/app/*:/opt/ferry/lib/main/*' \
  dev.patchferry.webhook.auth.TokenCommand "$@"
