#!/bin/sh
# Writes Alertmanager's configuration: one receiver, through the mail server of the service.
#   MAIL_URL_FILE   smtp://USER:PASSWORD@HOST:587 (or smtps:), with USER and PASSWORD URL-encoded
#   MAIL_FROM       the sender
#   ALERTS_TO       the recipients
set -eu
# shellcheck disable=SC2016 # awk's own variables
decoded() {
  printf '%s\n' "$1" | LC_ALL=C awk '
    BEGIN { for (i = 1; i < 256; i++) sign[sprintf("%02X", i)] = sprintf("%c", i) }
    {
      while (match($0, /%[0-9A-Fa-f][0-9A-Fa-f]/)) {
        printf "%s%s", substr($0, 1, RSTART - 1), sign[toupper(substr($0, RSTART + 1, 2))]
        $0 = substr($0, RSTART + 3)
      }
      print
    }'
}
quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/''/g")"; }

url=$(tr -d '\n' < "$MAIL_URL_FILE")
scheme=${url%%://*}
rest=${url#*://}
rest=${rest%%[/?]*}
user='' password='' tls=false
case $rest in
  *@*)
    user=$(decoded "${rest%%[:@]*}")
    password=${rest%@*}
    password=$(decoded "${password#*:}")
    rest=${rest##*@}
    # A password is only sent over TLS.
    tls=true
    ;;
esac
case $rest in *:*) ;; *) [ "$scheme" = smtps ] && rest=$rest:465 || rest=$rest:587 ;; esac

cat << SETTINGS
global:
  smtp_smarthost: $(quoted "$rest")
  smtp_from: $(quoted "$MAIL_FROM")
  smtp_require_tls: $tls
SETTINGS
[ -z "$user" ] || cat << SETTINGS
  smtp_auth_username: $(quoted "$user")
  smtp_auth_password: $(quoted "$password")
SETTINGS
cat << SETTINGS
route:
  receiver: mail
  group_by: [alertname]
  group_wait: 30s
  group_interval: 5m
  repeat_interval: 12h
  routes:
    - matchers: ['severity="page"']
      receiver: mail
      repeat_interval: 1h
inhibit_rules:
  # While nobody serves, the rest adds nothing.
  - source_matchers: ['alertname="NobodyServes"']
    target_matchers: ['alertname=~"SiteAway|AnswersFail|SavesFail|DatabaseUnavailable"']
receivers:
  - name: mail
    email_configs:
      - to: $(quoted "$ALERTS_TO")
        send_resolved: true
        headers:
          Subject: '[{{ .Status }}] {{ .CommonLabels.severity }}: {{ .CommonLabels.alertname }}'
SETTINGS
