using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace TenantPortal.Web.Infrastructure;

/// <summary>Sends figures and traces to the operator's collector, only where one is set. A request is told by its route and its answer: no address, no name and no word of anybody leaves.</summary>
public sealed class Telemetry(PortalSettings settings) : IHostedService, IDisposable
{
    private readonly List<IDisposable> providers = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Collector is not { } collector) return Task.CompletedTask;
        var resource = ResourceBuilder.CreateEmpty().AddService("tenantportal", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString());
        providers.Add(Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource("Microsoft.AspNetCore", "Npgsql").AddOtlpExporter(to => To(to, collector, "v1/traces")).Build());
        providers.Add(Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql").AddOtlpExporter(to => To(to, collector, "v1/metrics")).Build());
        return Task.CompletedTask;
    }

    // what is still to be sent leaves when they are let go
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var provider in providers) provider.Dispose();
        providers.Clear();
    }

    private static void To(OtlpExporterOptions options, Uri collector, string path) => (options.Endpoint, options.Protocol) = (new Uri($"{collector.ToString().TrimEnd('/')}/{path}"), OtlpExportProtocol.HttpProtobuf);
}

/// <summary>Names a request's trace by its route once it is known.</summary>
public sealed class TraceNames(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var activity = Activity.Current;
        try { await next(context); }
        finally
        {
            if (activity is { IsAllDataRequested: true })
            {
                activity.DisplayName = $"{context.Request.Method} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "unknown"}";
                activity.SetTag("http.response.status_code", context.Response.StatusCode);
            }
        }
    }
}
