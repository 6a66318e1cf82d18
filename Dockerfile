# The portal in a container: built with the SDK, served from the runtime alone, by a user without rights.
#   docker build -t tenantportal . && docker compose up
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH=amd64
WORKDIR /source
COPY . .
RUN kind=$([ "$TARGETARCH" = arm64 ] && echo linux-arm64 || echo linux-x64) \
 && dotnet publish src/TenantPortal.Web -c Release -r "$kind" --no-self-contained -v q -nologo -o /app \
 && cp -r content themes /app/

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# state: the key file and, without a mail host, the letters; the folder of a volume that is mounted here is this user's
RUN mkdir -p /state && chown "$APP_UID" /state
USER $APP_UID
VOLUME /state
ENV ASPNETCORE_HTTP_PORTS=8080 DOTNET_CLI_TELEMETRY_OPTOUT=1 PORTAL_KEY_FILE=/state/key PORTAL_MAIL_FOLDER=/state/mail
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["dotnet", "TenantPortal.Web.dll", "health"]
ENTRYPOINT ["dotnet", "TenantPortal.Web.dll"]
CMD ["serve"]
