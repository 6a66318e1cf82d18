using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(TenantPortal.Web.Tests.People.FromAfar))]

namespace TenantPortal.Web.Tests.People;

/// <summary>The demo's doors are open with demo data and from this machine, and to nobody else.</summary>
public sealed class DemoDoorTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private World.Twin Acorn => portal.World.Acorn;

    [Fact]
    public async Task On_this_machine_one_click_signs_in_and_each_mail_can_be_read()
    {
        using var browser = portal.Browser(follow: false);
        var people = await browser.PageAsync("/demo");
        Assert.Contains(Acorn.Employee.Name, people.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(portal.World.Olive.Name, people.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var ken = await portal.JoinAsync(Acorn, "Ken");
        await browser.PressAsync($"{Acorn.Door}/sign-in", "Link", ("Input.Email", ken.Email));
        var link = await portal.LinkAsync("acorn", ken.Email, "/sign-in/link?token=");

        var row = (await browser.PageAsync("/demo/mail")).QuerySelectorAll("main .row").Single(r => r.TextContent.Contains(ken.Email, StringComparison.Ordinal));
        var mail = await browser.PageAsync(row.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Equal(row.QuerySelector("a")!.TextContent, mail.QuerySelector("h1")!.TextContent);
        Assert.Contains("Hello Ken,", mail.QuerySelector(".mail-text")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("If you did not ask for it, do nothing: nobody can sign in without this mail.", mail.QuerySelector(".mail-text")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"http://localhost:5080{link}", mail.QuerySelector(".mail-text a")!.GetAttribute("href"));
        using var drawn = await browser.GetAsync(new Uri(mail.QuerySelector("iframe")!.GetAttribute("src")!, UriKind.Relative), Cancel);
        Assert.Contains("sandbox", drawn.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains($"target=\"_top\" href=\"http://localhost:5080{WebUtility.HtmlEncode(link)}\"", await drawn.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_another_machine_the_doors_do_not_exist_whatever_its_headers_say()
    {
        await using var afar = await portal.AnotherAsync(("hostingStartupAssemblies", typeof(FromAfar).Assembly.GetName().Name!));
        await ClosedAsync(afar.Address, portal);
        await ClosedAsync(afar.Address, portal, ("X-Forwarded-For", "127.0.0.1"));
        await ClosedAsync(afar.Address, portal, ("Forwarded", "for=127.0.0.1"));
        // a program that believes its proxy still does not believe it here
        await using var believing = await portal.AnotherAsync(("hostingStartupAssemblies", typeof(FromAfar).Assembly.GetName().Name!), ("ForwardedHeaders_Enabled", "true"));
        await ClosedAsync(believing.Address, portal, ("X-Forwarded-For", "127.0.0.1"));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Real-IP", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Host", "demo.example.com")]
    public async Task Through_a_proxy_on_this_machine_they_do_not_exist_either(string header, string value) => await ClosedAsync(portal.Address, portal, (header, value));

    [Fact]
    public async Task Without_demo_data_they_do_not_exist()
    {
        await using var real = await portal.AnotherAsync(("PORTAL_DEMO", "0"));
        await ClosedAsync(real.Address, portal);
        using var browser = real.Browser();
        Assert.Contains("Sign in to Acorn", await browser.GetStringAsync(new Uri($"{Acorn.Door}/sign-in", UriKind.Relative), Cancel), StringComparison.Ordinal);
    }

    private static async Task ClosedAsync(Uri address, Portal portal, params (string Name, string Value)[] headers)
    {
        var mail = (await Server.ListAllAsync<Guid>(portal.Owner, "select id from outbox_message limit 1")).FirstOrDefault(Guid.NewGuid());
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        string[] doors = ["/demo", "/demo/mail", $"/demo/mail/{mail}", $"/demo/mail/{mail}?handler=Drawn"];
        foreach (var door in doors) await NotThereAsync(browser, new(HttpMethod.Get, door), headers);
        await NotThereAsync(browser, new(HttpMethod.Post, $"{portal.World.Acorn.Door}/sign-in/demo") { Content = new FormUrlEncodedContent([new("id", portal.World.Acorn.Employee.Id.ToString())]) }, headers);
        await NotThereAsync(browser, new(HttpMethod.Post, "/desk/sign-in/demo") { Content = new FormUrlEncodedContent([new("id", portal.World.Olive.Id.ToString())]) }, headers);
    }

    private static async Task NotThereAsync(HttpClient browser, HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        using (request)
        {
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await browser.SendAsync(request, Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{request.RequestUri} with {string.Join(", ", headers)}: {answer.StatusCode}");
            Assert.DoesNotContain(answer.Headers, h => h.Key == "Set-Cookie");
        }
    }
}

/// <summary>Makes every request of a program seem to come from another machine, before anything of ours looks at it.</summary>
public sealed class FromAfar : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services => services.AddTransient<IStartupFilter, Far>());

    private sealed class Far : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.9");
                return following(context);
            });
            next(app);
        };
    }
}
