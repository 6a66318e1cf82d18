using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests.People;

/// <summary>Behind a proxy that speaks TLS: whose word about a visitor counts, and what the browser is told about cookies.</summary>
public sealed class ProxyTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private string SignIn => $"{portal.World.Acorn.Door}/sign-in";

    [Theory]
    [InlineData("127.9.0.1")]
    [InlineData("127.8.0.0/16")]
    public async Task Tries_are_counted_for_each_visitor_of_a_named_proxy(string named)
    {
        await using var program = await portal.AnotherAsync(("PORTAL_PROXIES", $"10.0.0.5, {named}"));
        using var proxy = Browsers.At(program.Address, follow: false, IPAddress.Parse(named.Replace(".0.0/16", ".0.7", StringComparison.Ordinal)));
        Assert.False(await SixtyOneTriesAsync(proxy, _ => "203.0.113.1"));
        // what the visitor wrote herself stands left of what the proxy knows
        Assert.False(await IsTriedAsync(proxy, "198.51.100.9, 203.0.113.1"));
        Assert.True(await IsTriedAsync(proxy, "203.0.113.2"));
    }

    [Fact]
    public async Task The_word_of_anybody_else_is_ignored()
    {
        await using var program = await portal.AnotherAsync(("PORTAL_PROXIES", "127.9.0.1"));
        using var stranger = Browsers.At(program.Address, follow: false, IPAddress.Parse("127.9.0.2"));
        Assert.False(await SixtyOneTriesAsync(stranger, n => $"203.0.113.{n}"));
        using var nobody = Browsers.At(portal.Address, follow: false, IPAddress.Parse("127.9.0.3"));
        Assert.False(await SixtyOneTriesAsync(nobody, n => $"203.0.113.{n}"));
        using var neighbour = Browsers.At(portal.Address, follow: false, IPAddress.Parse("127.9.0.4"));
        Assert.True(await IsTriedAsync(neighbour, "203.0.113.1"));
    }

    [Theory]
    [InlineData("https://localhost:5443", true)]
    [InlineData("http://localhost:5080", false)]
    public async Task Cookies_go_back_over_TLS_only_where_people_type_https(string address, bool secure)
    {
        await using var program = await portal.AnotherAsync(("PORTAL_URL", address));
        using var browser = program.Browser(follow: false);
        using var page = await browser.GetAsync(new Uri(SignIn, UriKind.Relative), Cancel);
        using var contact = await browser.PostAsync(new Uri($"{SignIn}/demo", UriKind.Relative), new FormUrlEncodedContent([new("id", portal.World.Acorn.Employee.Id.ToString())]), Cancel);
        using var staff = await browser.PostAsync(new Uri("/desk/sign-in/demo", UriKind.Relative), new FormUrlEncodedContent([new("id", portal.World.Olive.Id.ToString())]), Cancel);
        using var firstStep = await FirstStepAsync(program);
        foreach (var (answer, name) in new[] { (page, "portal.form"), (contact, "portal.c.acorn"), (staff, "portal.desk"), (firstStep, "portal.desk.pending") })
        {
            var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(name + "=", StringComparison.Ordinal) && !c.StartsWith(name + "=;", StringComparison.Ordinal));
            Assert.Equal(secure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
        }
    }

    // the test's browser speaks to the program as the proxy does, without TLS, so that it must be told to send the form's cookie
    private static async Task<HttpResponseMessage> FirstStepAsync(Another program)
    {
        var email = $"{Guid.NewGuid():n}@maple.example";
        await program.Services.GetRequiredService<StaffDirectory>().AddAsync(new()
        {
            Key = email[..20], Name = "Una Ash", Email = email, NormalizedEmail = email, PasswordHash = new PasswordHasher<StaffMember>().HashPassword(null!, Visitors.Password),
        }, Cancel);
        using var browser = program.Browser(follow: false);
        using var page = await browser.GetAsync(new Uri("/desk/sign-in", UriKind.Relative), Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/desk/sign-in") { Content = Forms.Read(await page.Content.ReadAsStringAsync(Cancel)).Fill("", ("Input.Email", email), ("Input.Password", Visitors.Password)) };
        request.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        return await browser.SendAsync(request, Cancel);
    }

    /// <summary>Whether the sixty-first try of one network is still one.</summary>
    private async Task<bool> SixtyOneTriesAsync(HttpClient browser, Func<int, string> visitor)
    {
        for (var n = 1; n <= 60; n++) Assert.True(await IsTriedAsync(browser, visitor(n)), $"try {n}");
        return await IsTriedAsync(browser, visitor(61));
    }

    private async Task<bool> IsTriedAsync(HttpClient browser, string visitor)
    {
        var form = (await browser.PageAsync(SignIn)).Fill("", ("Input.Email", $"{Guid.NewGuid():n}@acorn.example"), ("Input.Password", "wrong words here"));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{SignIn}?handler=Link") { Content = form };
        request.Headers.Add("X-Forwarded-For", visitor);
        using var answer = await browser.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return !(await answer.Content.ReadAsStringAsync(Cancel)).Contains("Too many tries", StringComparison.Ordinal);
    }
}
