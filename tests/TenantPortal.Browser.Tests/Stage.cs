using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TenantPortal.Domain.Escalation;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Tests;

[assembly: AssemblyFixture(typeof(TenantPortal.Browser.Tests.LoadedDemo))]

namespace TenantPortal.Browser.Tests;

/// <summary>The demo, loaded once; each stage plays on a copy of its own.</summary>
public sealed class LoadedDemo : IAsyncLifetime
{
    public Portal Portal { get; } = new() { WithDemo = true };

    public async ValueTask InitializeAsync()
    {
        await Portal.InitializeAsync();
        await Portal.StopAsync();
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}

/// <summary>The real program with the demo in a database of its own, and one Chromium; each person gets a browser context of her own.</summary>
public sealed class Stage(LoadedDemo demo) : IAsyncLifetime
{
    public const int Phone = 390, Desktop = 1440;
    private const string Rules = """{ type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }""";
    // those of them that look at colours: all others see the same in the dark
    private const string ColourRules = """{ type: "rule", values: ["color-contrast", "link-in-text-block"] }""";
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();
    private readonly Portal portal = new() { CopyOf = demo.Portal };
    private readonly ConcurrentBag<string> complaints = [];
    private IPlaywright? playwright;
    private IBrowser? browser;

    public IServiceProvider Services => portal.Services;
    public Clock Clock => portal.Clock;
    public Uri Address => new($"http://localhost:{portal.Address.Port}");

    public async ValueTask InitializeAsync()
    {
        await portal.InitializeAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("PORTAL_CHROMIUM") is { Length: > 0 } set ? set : "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    }

    /// <summary>A person's own browser, signed in through the demo's page as she would.</summary>
    public async Task<IPage> AsAsync(string name, int width = Desktop, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await OpenAsync(width, scheme);
        await page.GotoAsync("/demo");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Sign in as {name}", Exact = true }).ClickAsync();
        return page;
    }

    public async Task<IPage> OpenAsync(int width = Desktop, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await browser!.NewContextAsync(new() { BaseURL = Address.ToString(), ViewportSize = new() { Width = width, Height = width == Phone ? 844 : 900 }, ColorScheme = scheme, HasTouch = width == Phone, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        // a page that a test asks for though it does not exist says so in the console as well
        page.Console += (_, message) => { if (message.Type == "error" && !message.Text.Contains("status of 404", StringComparison.Ordinal)) complaints.Add($"{page.Url}: {message.Text}"); };
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
        page.Response += (_, answer) => { if (answer.Status == 404 && !answer.Request.IsNavigationRequest) complaints.Add($"{page.Url} misses {answer.Url}"); };
        return page;
    }

    /// <summary>Who was called about a ticket, in order.</summary>
    public Task<List<LeadCall>> CallsAsync(string slug, int number) => AskAsync(slug, db =>
        db.LeadCalls.AsNoTracking().Where(c => db.Tickets.Any(t => t.TenantId == c.TenantId && t.Id == c.TicketId && t.Number == number)).OrderBy(c => c.CalledAt).ThenBy(c => c.Number).ToListAsync(TestContext.Current.CancellationToken));

    public Task<DateTimeOffset> OpenedAtAsync(string slug, int number) => AskAsync(slug, db => db.Tickets.Where(t => t.Number == number).Select(t => t.OpenedAt).SingleAsync(TestContext.Current.CancellationToken));

    private async Task<T> AskAsync<T>(string slug, Func<PortalDb, Task<T>> question)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().SetClient(Services.GetRequiredService<ClientDirectory>().BySlug(slug)!.Id);
        return await question(scope.ServiceProvider.GetRequiredService<PortalDb>());
    }

    /// <summary>Nothing that browsers complain about happened: script errors, what the policy blocks, missing files.</summary>
    public void AssertNoComplaints() => Assert.Empty(complaints);

    /// <summary>Runs axe over the page as it stands, in light and dark, and writes both pictures.</summary>
    public static async Task JudgeAsync(IPage page, string name)
    {
        var width = page.ViewportSize!.Width;
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{width}-{scheme}.jpg".ToLowerInvariant()), Type = ScreenshotType.Jpeg, Quality = 85, FullPage = true });
            var found = await ViolationsAsync(page, scheme == ColorScheme.Light ? Rules : ColourRules);
            Assert.True(found.Length == 0, $"{name} at {width} px, {scheme}:\n" + string.Join('\n', found));
        }
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{name} at {width} px is {overflow} px too wide");
    }

    // run in the page itself: the library's own runner opens a second page for every run, which takes longer than the run
    private static async Task<string[]> ViolationsAsync(IPage page, string rules)
    {
        if (!await page.EvaluateAsync<bool>("() => !!window.axe")) await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>($$"""
            async () => (await axe.run(document, { runOnly: {{rules}}, resultTypes: ["violations"], preload: false })).violations.map(v => `${v.id}: ${v.help}\n  ` +
              v.nodes.slice(0, 4).map(n => `${n.html}\n    ` + [...n.any, ...n.all, ...n.none].map(c => c.message).join("; ")).join("\n  "))
            """);
    }

    private static string Pictures { get; } = Directory.CreateDirectory(Path.Combine(Server.Folder, "screenshots")).FullName;

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        await portal.DisposeAsync();
    }
}
