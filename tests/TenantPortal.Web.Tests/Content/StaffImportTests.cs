using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Web.Features.ContentImport;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests.Content;

/// <summary>How the first people of an installation come in.</summary>
public sealed partial class StaffImportTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_new_is_added_and_told_where_to_choose_a_password()
    {
        var (done, said) = await ImportAsync("all");
        Assert.True(done);
        var link = Link().Match(said);
        using var page = await portal.Browser().GetAsync(new Uri(link.Groups["path"].Value, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("type=\"password\"", await page.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var (again, saidAgain) = await ImportAsync("all");
        Assert.True(again);
        Assert.DoesNotMatch(Link(), saidAgain);
    }

    [Fact]
    public async Task A_client_that_is_none_refuses_the_whole_file()
    {
        var before = portal.Services.GetRequiredService<StaffDirectory>().All.Count();
        var (done, said) = await ImportAsync("[nosuchclient]", key: "uma");
        Assert.False(done);
        Assert.Contains("there is no client “nosuchclient”", said, StringComparison.Ordinal);
        Assert.Equal(before, portal.Services.GetRequiredService<StaffDirectory>().All.Count());
    }

    private async Task<(bool Done, string Said)> ImportAsync(string clients, string key = "vera")
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $$"""
            msp: { slug: oak, name: Oak IT, time_zone: Europe/London }
            staff:
              - { key: {{key}}, name: Vera Oak, email: {{key}}@oak.example, roles: [operator], tier: 3, clients: {{clients}} }
            """, Cancel);
        using var said = new StringWriter();
        try { return (await portal.Services.GetRequiredService<BringInStaff>().RunAsync(file, new(said, isTerminal: false), Cancel), said.ToString()); }
        finally { File.Delete(file); }
    }

    [GeneratedRegex(@"http://[^/]+(?<path>/desk/sign-in/password\?token=[0-9a-f]{64})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
