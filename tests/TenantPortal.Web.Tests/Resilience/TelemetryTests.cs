using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TenantPortal.Web.Tests.Resilience;

public sealed class TelemetryTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collector_hears_routes_and_figures_and_no_address_and_nobody_else_hears_anything()
    {
        var heard = new ConcurrentDictionary<string, string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, Cancel);
            heard.AddOrUpdate(context.Request.Path.Value!, _ => Encoding.Latin1.GetString(body.ToArray()), (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
        });
        await collector.StartAsync(Cancel);
        var address = collector.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await using (var told = await portal.AnotherAsync(("PORTAL_OTLP", address)))
        {
            using var browser = told.Browser(follow: false);
            using var answer = await browser.GetAsync(new Uri("/desk/tickets/ACO-777123?q=zqquery", UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }
        Assert.Contains("/desk/tickets/{reference}", heard["/v1/traces"].Replace("GET desk", "GET /desk", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", heard["/v1/metrics"], StringComparison.Ordinal);
        Assert.All(heard.Values, said => { Assert.DoesNotContain("777123", said, StringComparison.Ordinal); Assert.DoesNotContain("zqquery", said, StringComparison.Ordinal); });
    }
}
