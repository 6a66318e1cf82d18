using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Web.Features.FirstRun;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests.People;

/// <summary>An installation in which nobody is yet.</summary>
public sealed class FirstRunTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_reads_the_start_becomes_the_first_operator_once_and_then_the_page_is_gone()
    {
        await InNewInstallationAsync(async (empty, browser) =>
        {
            var address = new Uri(FirstRunFeature.FirstAddress(empty.Services)!).PathAndQuery;
            foreach (var wrong in new[] { "/desk/first-run", "/desk/first-run?code=", address[..^1] + (address[^1] == '0' ? '1' : '0') }) Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(browser, wrong));
            var page = await browser.PageAsync(address);
            using (var bad = await browser.SendAsync(address, page.Fill("", ("Input.Company", "Maple IT"), ("Input.Name", "Ada Moss"), ("Input.Email", "nobody"))))
                Assert.Contains("Write your mail address", await bad.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => browser.SendAsync(address, page.Fill("", ("Input.Company", "Maple IT"), ("Input.TimeZone", "Europe/London"), ("Input.Name", "Ada Moss"), ("Input.Email", $"ada{i}@maple.example")))));
            var led = Assert.Single(sent, s => s.StatusCode == HttpStatusCode.Redirect).Headers.Location!.ToString();
            Assert.StartsWith("/desk/sign-in/password?token=", led, StringComparison.Ordinal);
            Assert.Contains("password", (await browser.PageAsync(led)).Body!.TextContent, StringComparison.OrdinalIgnoreCase);
            var member = Assert.Single(empty.Services.GetRequiredService<StaffDirectory>().All);
            Assert.True(member.Roles.HasFlag(StaffRoles.Operator) && member.ServesAllClients);
            Assert.Equal("Maple IT", empty.Services.GetRequiredService<ClientDirectory>().Msp.Name);
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(browser, address));
            Assert.Null(FirstRunFeature.FirstAddress(empty.Services));
        });
        Assert.Null(FirstRunFeature.FirstAddress(portal.Services));
        using var late = portal.Browser();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(late, "/desk/first-run?code=" + new string('0', 32)));
    }

    [Fact]
    public async Task Health_is_one_word_for_everybody_and_readiness_asks_the_database()
    {
        using var browser = portal.Browser();
        Assert.Equal("running", await browser.GetStringAsync(new Uri("/health", UriKind.Relative), Cancel));
        Assert.Equal("ready", await browser.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Cancel));
        await InNewInstallationAsync(async (empty, other) =>
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(other, "/health/ready"));
            await Server.SuperAsync($"alter database {name} allow_connections false; select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
            portal.Clock.PutForward(TimeSpan.FromSeconds(5));
            while (await StatusAsync(other, "/health/ready") != HttpStatusCode.ServiceUnavailable) await Task.Delay(100, Cancel);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(other, "/health"));
            await Server.SuperAsync($"alter database {name} allow_connections true");
            while (await StatusAsync(other, "/health/ready") != HttpStatusCode.OK) await Task.Delay(100, Cancel);
        });
    }

    private readonly string name = $"test_{Guid.NewGuid():n}";

    private async Task InNewInstallationAsync(Func<Another, HttpClient, Task> work)
    {
        var (owner, app) = await Server.CreateDatabaseAsync(name);
        try
        {
            await Migrator.RunAsync(owner, Cancel);
            await using var empty = await portal.AnotherAsync(("PORTAL_DB", app));
            using var browser = empty.Browser(follow: false);
            await work(empty, browser);
        }
        finally { await Server.DropDatabaseAsync(name); }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(new Uri(address, UriKind.Relative), Cancel);
        return answer.StatusCode;
    }
}
