using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Web.Features.Api;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests.Api;

/// <summary>Tokens: shown once, kept as hashes, ended at once, never further than their client, and what is wrong is said in a sentence.</summary>
public sealed class TokenTests(Portal portal) : IClassFixture<Portal>
{
    private const string Acorn = "/api/v1/clients/acorn";

    [Fact]
    public async Task A_token_is_made_on_the_page_shown_once_and_taken_back_there()
    {
        using var olive = await portal.AsAsync(portal.World.Olive);
        var page = await olive.PageAsync("/admin/tokens");
        using var made = await olive.SendAsync("/admin/tokens?handler=Make", page.Fill("handler=Make", ("Input.Name", "PSA sync"), ("Input.Whose", "client.acorn"), ("Input.Scopes", "TicketsRead"), ("Input.Days", "30")));
        var token = Forms.Read(await made.Content.ReadAsStringAsync(Programs.Cancel)).GetElementById("token")!.GetAttribute("value")!;
        Assert.StartsWith(ApiToken.Mark, token, StringComparison.Ordinal);
        using var program = portal.Program(token);
        var (status, me, _) = await program.AskAsync("/api/v1/me");
        Assert.Equal((200, "acorn", "tickets:read", "acorn"), (status, me.Text("client"), me.GetProperty("scopes")[0].GetString(), me.GetProperty("clients")[0].Text("slug")));
        Assert.Equal(200, (await program.AskAsync($"{Acorn}/tickets")).Status);
        Assert.Equal((403, "This token may not do that: it lacks the scope tickets:write. An operator can make one that has it."), await program.GiveAsync($"{Acorn}/tickets", new { contact = "x", text = "y" }) is var lacking ? (lacking.Status, lacking.Body.Text("detail")) : default);
        Assert.Equal(403, (await program.AskAsync($"{Acorn}/people")).Status);

        var after = await olive.PageAsync("/admin/tokens");
        Assert.Contains("PSA sync", after.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(token, after.Body.InnerHtml, StringComparison.Ordinal);
        Assert.DoesNotContain(await Server.ListAsync<string>(portal.Owner, "select t::text from api_token t"), row => row.Contains(token, StringComparison.Ordinal));
        Assert.Single(await Server.ListAllAsync<string>(portal.Owner, $"select detail->>'scopes' from client_event where kind = 'token-made' and detail->>'name' = 'PSA sync' and actor_name = 'Olive Ash' and tenant_id = '{portal.World.Acorn.Id}'"), "tickets:read");
        using var gone = await olive.SendAsync("/admin/tokens?handler=Revoke", after.Fill("handler=Revoke"));
        Assert.Equal(HttpStatusCode.Redirect, gone.StatusCode);
        Assert.Equal((401, "No token"), await program.AskAsync("/api/v1/me") is var ended ? (ended.Status, ended.Body.Text("title")) : default);

        using var priya = await portal.AsAsync(portal.World.Priya);
        using var closed = await priya.GetAsync(new Uri("/admin/tokens", UriKind.Relative), Programs.Cancel);
        Assert.NotEqual(HttpStatusCode.OK, closed.StatusCode);
        Assert.Contains("Choose what the token may do.", (await (await olive.SendAsync("/admin/tokens?handler=Make", page.Fill("handler=Make", ("Input.Name", "Nothing"), ("Input.Whose", "client.acorn")))).Content.ReadAsStringAsync(Programs.Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_client_s_address_answers_as_one_that_does_not_exist()
    {
        using var program = await portal.ProgramAsync(portal.World.Acorn.Client);
        var unknown = await program.AskAsync("/api/v1/clients/nobody/tickets/1");
        Assert.Equal(404, unknown.Status);
        foreach (var address in new[] { "/api/v1/clients/birch/tickets/1", "/api/v1/clients/birch/people", "/api/v1/clients/birch", "/api/v1/clients/msp/people", $"{Acorn}/tickets/999", $"{Acorn}/people/{portal.World.Birch.Employee.Id}", $"{Acorn}/devices/{portal.World.Birch.Laptop.Id}", "/api/v1/nothing" })
            Assert.Equal((404, unknown.Body.ToString()), await program.AskAsync(address) is var answer ? (answer.Status, answer.Body.ToString()) : default);
        Assert.Equal(200, (await program.AskAsync($"{Acorn}/people/{portal.World.Acorn.Employee.Id}")).Status);
        var foreign = await program.GiveAsync($"{Acorn}/tickets", new { contact = $"{portal.World.Birch.Employee.Id}", text = "x" });
        var nobody = await program.GiveAsync($"{Acorn}/tickets", new { contact = $"{Guid.NewGuid()}", text = "x" });
        Assert.Equal((422, nobody.Body.ToString()), (foreign.Status, foreign.Body.ToString()));
    }

    [Fact]
    public async Task Without_a_token_that_counts_every_address_is_refused_alike()
    {
        var expired = await portal.TokenAsync(portal.World.Acorn.Client, days: 1);
        var leaving = await World.HireAsync(portal.Services.GetRequiredService<StaffDirectory>(), "leaver", StaffRoles.Engineer, 1, portal.World.Acorn.Id);
        var theirs = await portal.TokenAsync(null, leaving);
        Assert.Equal(200, (await portal.Program(theirs).AskAsync($"{Acorn}/tickets")).Status);
        await portal.Services.GetRequiredService<StaffDirectory>().ChangeAsync(leaving.Id, s => s.IsActive = false, Programs.Cancel);
        using var browser = await portal.AsAsync(portal.World.Priya);
        portal.Clock.PutForward(TimeSpan.FromHours(25));
        using var nobody = portal.Browser(follow: false);
        var said = (await nobody.AskAsync("/api/v1/me")).Body.ToString();
        foreach (var program in new[] { nobody, browser, portal.Program(expired), portal.Program(theirs), portal.Program("tpt_" + new string('0', 64)), portal.Program("x") })
            foreach (var address in new[] { "/api/v1/me", $"{Acorn}/tickets", "/api/v1/clients/nobody/tickets" })
                Assert.Equal((401, said), await program.AskAsync(address) is var answer ? (answer.Status, answer.Body.ToString()) : default);
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_is_said()
    {
        using var program = await portal.ProgramAsync(portal.World.Acorn.Client);
        async Task<(int, string)> Say(object? body) => await program.GiveAsync($"{Acorn}/tickets", body) is var answer ? (answer.Status, answer.Body.Text("detail")) : default;
        const string end = " Its description is at /api/v1/openapi.json.";
        Assert.Equal((400, "The body is not what this address takes, at $.impact." + end), await Say("""{"contact":"a@b.example","text":"x","impact":"Everybody"}"""));
        Assert.Equal((400, "The body is not what this address takes, at $.txt." + end), await Say("""{"contact":"a@b.example","txt":"x"}"""));
        Assert.Equal((400, "The body is not what this address takes." + end), await Say("{"));
        Assert.Equal((422, "“text” is empty: say what is wrong."), await Say(new { contact = "a", text = " \0 " }));
        Assert.Equal(422, (await Say(new { contact = "nobody\0", text = "x" })).Item1);
        Assert.Equal(415, await StatusAsync(new StringContent("text=x")));
        Assert.Equal(405, (await program.CallAsync(HttpMethod.Delete, $"{Acorn}/tickets")).Status);
        Assert.Equal(200, (await program.AskAsync($"{Acorn}/search?q=%00")).Status);
        Assert.Equal(400, (await program.AskAsync($"{Acorn}/people?after=x")).Status);

        async Task<int> StatusAsync(HttpContent content)
        {
            using var answer = await program.PostAsync(new Uri($"{Acorn}/tickets", UriKind.Relative), content, Programs.Cancel);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task The_document_names_every_address_with_bodies_answers_and_scopes()
    {
        using var nobody = portal.Browser(follow: false);
        var (status, document, _) = await nobody.AskAsync("/api/v1/openapi.json");
        Assert.Equal((200, "3.1.1"), (status, document.Text("openapi")));
        var said = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => (Way: $"{o.Name.ToUpperInvariant()} {p.Name}", o.Value))).ToList();
        var there = portal.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal) && !e.RoutePattern.RawText.EndsWith("openapi.json", StringComparison.Ordinal))
            .Select(e => $"{e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]} {System.Text.RegularExpressions.Regex.Replace(e.RoutePattern.RawText!.TrimEnd('/'), ":[a-z]+}", "}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))}").ToList();
        Assert.True(there.Count > 12);
        Assert.Equal(there.Order(StringComparer.Ordinal), said.Select(s => s.Way).Order(StringComparer.Ordinal));
        Assert.All(said, s =>
        {
            Assert.NotEmpty(s.Value.Text("summary"));
            Assert.True(s.Value.GetProperty("responses").TryGetProperty("401", out _), s.Way);
            Assert.True((!s.Way.StartsWith("GET", StringComparison.Ordinal) && !s.Way.EndsWith("/take", StringComparison.Ordinal)) == s.Value.TryGetProperty("requestBody", out _), s.Way);
            if (s.Way.Contains("{client}", StringComparison.Ordinal)) Assert.Contains("Needs the scope", s.Value.Text("description"), StringComparison.Ordinal);
        });
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("token").Text("scheme"));
        Assert.Equal(["One", "Team", "Site", "Company"], document.GetProperty("components").GetProperty("schemas").GetProperty("Impact").GetProperty("enum").EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!));
    }

    [Fact]
    public async Task People_devices_and_the_search_are_read()
    {
        using var program = await portal.ProgramAsync(portal.World.Acorn.Client);
        await program.GiveAsync($"{Acorn}/tickets", new { contact = portal.World.Acorn.Employee.Email, text = "The zebra labeller stutters" });
        var (_, people, _) = await program.AskAsync($"{Acorn}/people?limit=1");
        Assert.Single(people.GetProperty("items").EnumerateArray());
        var (_, rest, _) = await program.AskAsync(people.Text("next"));
        Assert.Equal([portal.World.Acorn.Employee.Email, portal.World.Acorn.Manager.Email], people.GetProperty("items").EnumerateArray().Concat(rest.GetProperty("items").EnumerateArray()).Select(p => p.Text("email")).Order(StringComparer.Ordinal));
        Assert.Equal(portal.World.Acorn.Laptop.Name, (await program.AskAsync($"{Acorn}/devices/{portal.World.Acorn.Laptop.Id}")).Body.Text("name"));
        Assert.Equal(portal.World.Acorn.Site.Name, (await program.AskAsync($"{Acorn}/sites")).Body.GetProperty("items")[0].Text("name"));
        Assert.Equal("The zebra labeller stutters", (await program.AskAsync($"{Acorn}/search?q=zebra%20labeller")).Body.GetProperty("tickets")[0].Text("subject"));
        Assert.Empty((await (await portal.ProgramAsync(portal.World.Birch.Client)).AskAsync("/api/v1/clients/birch/search?q=zebra%20labeller")).Body.GetProperty("tickets").EnumerateArray());
    }
}
