using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests.Looks;

public sealed partial class LookPageTests(Portal portal) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_saved_look_is_served_with_a_corrected_colour_and_recorded()
    {
        using var olive = portal.As(portal.World.Olive, Door.Admin);
        var answer = await SaveAsync(olive, "acorn", ("Input.Accent", "#ffee00"), ("Input.Theme", "paper"), ("Input.Phone", "0123 456 789"));
        Assert.Equal("/admin/look/acorn?saved=true", answer.Headers.Location?.ToString());

        using var stranger = portal.Browser();
        var css = await stranger.GetStringAsync("/c/acorn/theme.css", Cancel);
        Assert.Contains("#FFEE00)", css, StringComparison.Ordinal);
        Assert.DoesNotContain("light-dark(#FFEE00", css, StringComparison.Ordinal);
        Assert.DoesNotContain("0123", css, StringComparison.Ordinal);
        var events = await portal.AsAsync(portal.World.Acorn.Id, s => s.GetRequiredService<PortalDb>().ClientEvents.Where(e => e.Kind == "look-changed").ToListAsync(Cancel));
        Assert.Contains(events, e => e.ActorName == "Olive" && e.Detail["theme"] == "paper" && e.Detail["accent"] == "#FFEE00");
    }

    [Fact]
    public async Task A_refused_look_keeps_what_was_typed_and_saves_nothing()
    {
        using var olive = portal.As(portal.World.Olive, Door.Admin);
        var before = await VersionAsync(olive, "birch");
        var answer = await SaveAsync(olive, "birch", ("Input.Accent", "blue"), ("Input.Welcome", "Good <morning>"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Contains("The colour blue is not understood", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("blue", page.QuerySelector("#accent")!.GetAttribute("value"));
        Assert.Equal("Good <morning>", page.QuerySelector("#welcome")!.TextContent);
        Assert.Equal(before, page.QuerySelector("input[name='Input.Version']")!.GetAttribute("value"));
        Assert.Equal(before, await VersionAsync(olive, "birch"));
    }

    [Fact]
    public async Task A_logo_is_cleaned_and_served_where_it_can_do_nothing()
    {
        using var olive = portal.As(portal.World.Olive, Door.Admin);
        var logo = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" onload="alert(1)"><script>alert(1)</script><circle r="4"/></svg>""";
        await SaveAsync(olive, "birch", logo, ("Input.Accent", "#112233"));
        using var stranger = portal.Browser();
        var served = await stranger.GetAsync("/c/birch/logo", Cancel);
        Assert.Equal("image/svg+xml", served.Content.Headers.ContentType!.MediaType);
        Assert.Equal("default-src 'none'; img-src data:; sandbox", Assert.Single(served.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("""<svg viewBox="0 0 8 8" xmlns="http://www.w3.org/2000/svg"><circle r="4" /></svg>""", await served.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Only_who_runs_or_leads_may_edit_a_look()
    {
        foreach (var member in new[] { portal.World.Priya, portal.World.Nico })
        {
            using var browser = portal.As(member, Door.Admin);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/admin/look/acorn", Cancel)).StatusCode);
        }
        using var sam = portal.As(portal.World.Sam, Door.Admin);
        Assert.Equal(HttpStatusCode.OK, (await sam.GetAsync("/admin/look/acorn", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sam.GetAsync("/admin/look/nobody", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sam.GetAsync("/admin/look/msp", Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_overview_links_to_what_a_person_may_open()
    {
        using var olive = portal.As(portal.World.Olive, Door.Admin);
        var page = new HtmlParser().ParseDocument(await olive.GetStringAsync("/admin", Cancel));
        Assert.Equal("Administration", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("/admin/look", page.QuerySelectorAll("main a").Select(a => a.GetAttribute("href")));
        using var priya = portal.As(portal.World.Priya, Door.Admin);
        Assert.Equal(HttpStatusCode.NotFound, (await priya.GetAsync("/admin", Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_check_answers_with_the_fragment_of_the_page()
    {
        using var sam = portal.As(portal.World.Sam, Door.Admin);
        var fragment = await sam.GetStringAsync("/admin/look/acorn?handler=Check&Input.Accent=%23FFEE00", Cancel);
        Assert.Contains("Corrected to be readable", fragment, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", fragment, StringComparison.Ordinal);
        Assert.Contains("This is not a colour yet", await sam.GetStringAsync("/admin/look/acorn?handler=Check&Input.Accent=red", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_sees_edge_colours_of_served_clients_only()
    {
        using var nico = portal.As(portal.World.Nico, Door.Desk);
        var css = await nico.GetStringAsync("/desk/clients.css", Cancel);
        Assert.Contains("\"acorn\"", css, StringComparison.Ordinal);
        Assert.DoesNotContain("birch", css, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_name_files_by_version_and_files_may_be_kept()
    {
        using var olive = portal.As(portal.World.Olive, Door.Admin);
        var page = new HtmlParser().ParseDocument(await olive.GetStringAsync("/admin/style", Cancel));
        var addresses = page.QuerySelectorAll("link[href^='/assets/'], script[src]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!).ToList();
        Assert.Contains(addresses, a => a.StartsWith("/assets/base.css?v=", StringComparison.Ordinal));
        foreach (var address in addresses)
        {
            Assert.Contains("?v=", address, StringComparison.Ordinal);
            var file = await olive.GetAsync(address, Cancel);
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            Assert.Contains("immutable", file.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);
        }
        Assert.All(page.QuerySelectorAll("use"), use => Assert.Matches(@"^/assets/icons\.svg\?v=\w+#[\w-]+$", use.GetAttribute("href")!));
    }

    [Fact]
    public async Task Every_icon_that_a_page_names_is_drawn()
    {
        using var olive = portal.As(portal.World.Olive, Door.Admin);
        var drawn = new HtmlParser().ParseDocument(await olive.GetStringAsync("/assets/icons.svg", Cancel)).QuerySelectorAll("symbol").Select(s => s.Id!).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(41, drawn.Count);
        var features = Path.Combine(Server.Folder, "src", "TenantPortal.Web", "Features");
        var named = Directory.GetFiles(features, "*.cshtml", SearchOption.AllDirectories).SelectMany(f => Icon().Matches(File.ReadAllText(f)).Select(m => m.Value));
        Assert.Superset(named.ToHashSet(StringComparer.Ordinal), drawn);
    }

    [Fact]
    public void Every_endpoint_open_to_anyone_is_on_the_short_list()
    {
        var open = portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(e => e.RoutePattern.RawText!.TrimStart('/')).ToList();
        Assert.Contains("c/{client}/theme.css", open);
        Assert.All(open, route => Assert.Contains(route, DoorConvention.Anonymous));
    }

    private static async Task<string?> VersionAsync(HttpClient browser, string client) =>
        new HtmlParser().ParseDocument(await browser.GetStringAsync($"/admin/look/{client}", Cancel)).QuerySelector("input[name='Input.Version']")!.GetAttribute("value");

    private static Task<HttpResponseMessage> SaveAsync(HttpClient browser, string client, params (string Name, string Value)[] fields) => SaveAsync(browser, client, null, fields);

    private static async Task<HttpResponseMessage> SaveAsync(HttpClient browser, string client, string? logo, params (string Name, string Value)[] fields)
    {
        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync($"/admin/look/{client}", Cancel));
        using var form = new MultipartFormDataContent();
        foreach (var hidden in page.QuerySelectorAll("form[enctype] input[type=hidden]")) form.Add(new StringContent(hidden.GetAttribute("value")!), hidden.GetAttribute("name")!);
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        if (logo is not null) form.Add(new StringContent(logo), "Input.Logo", "logo.svg");
        return await browser.PostAsync($"/admin/look/{client}", form, Cancel);
    }

    [GeneratedRegex(@"(?<=icons\.svg#)[a-z][\w-]*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Icon();
}
