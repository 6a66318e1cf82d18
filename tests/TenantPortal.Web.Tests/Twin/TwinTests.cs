using System.Net;
using System.Text.RegularExpressions;
using TenantPortal.Domain.People;

namespace TenantPortal.Web.Tests.Twin;

/// <summary>Visits every way into the program as every role, with its own ids, with each id swapped for Birch's, and with each swapped for one that
/// exists nowhere: no byte of Birch comes back, foreign and unknown answer alike, and nothing of Birch changes.</summary>
public sealed partial class TwinTests(Portal portal, ITestOutputHelper output) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    // forms only, pages between two steps of signing in, and a logo that nobody has uploaded
    private static readonly string[] NeverShown = ["/c/{client}/logo", "/c/{client}/sign-in/demo", "/c/{client}/sign-out", "/desk/sign-in/code", "/desk/sign-in/demo", "/desk/sign-in/enrol", "/desk/sign-out"];
    private readonly List<string> wrong = [];
    private readonly HashSet<string> reached = [];
    private int requests, swaps;
    private Things acorn = null!, birch = null!;

    // staff whose rights cover both twins may read Birch; the wall is held against everyone else
    private sealed record Role(string Name, HttpClient Browser, bool IsStaff);

    [Fact]
    public async Task No_way_in_shows_or_changes_anything_of_the_other_client()
    {
        acorn = await TwinWorld.FillAsync(portal, portal.World.Acorn, "", 0);
        birch = await TwinWorld.FillAsync(portal, portal.World.Birch, World.Canary, 700);
        await EveryTableIsFilledAsync();
        var before = await FingerprintAsync();
        var ways = await Doors.AllAsync(portal.Services);
        Role[] roles =
        [
            new("anonymous", portal.Browser(follow: false), false), new("employee", await portal.AsAsync(portal.World.Acorn.Employee), false),
            new("company manager", await portal.AsAsync(portal.World.Acorn.Manager), false), new("engineer of Acorn", await portal.AsAsync(portal.World.Nico), true),
        ];
        foreach (var way in ways)
            foreach (var role in roles)
            {
                await VisitAsync(way, role);
                // signing out is a way in too: whoever went out comes back before the next one
                if (way.Method == "POST" && !await IsInAsync(role)) await ComeBackAsync(role);
            }
        await AllStaffRolesReachTheirPagesAsync(ways);
        Assert.Empty((await FingerprintAsync()).Where(row => before[row.Key] != row.Value).Select(row => $"{row.Key} of Birch changed"));
        output.WriteLine($"{ways.Count} ways in x {roles.Length} roles, {requests} requests, {swaps} ids swapped, canaries found: {wrong.Count(w => w.Contains("canary", StringComparison.Ordinal))}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct().Take(60)));
        Assert.Empty(ways.Where(w => w.Method == "GET" && !NeverShown.Contains(w.Template) && !reached.Contains(w.ToString())).Select(w => $"no role ever reached {w}: give its values in TwinTests.Own"));
        Assert.True(swaps > 300, "too few ids were swapped");
    }

    private async Task VisitAsync(Way way, Role role)
    {
        var own = way.RouteValues.ToDictionary(name => name, name => Own(way, name, acorn));
        var answer = await SendAsync(way, role, own, null);
        if (answer.Status is < 400 and not 302) reached.Add(way.ToString());
        Judge(way, role, "own ids", answer);
        foreach (var name in way.RouteValues) await SwapRouteAsync(way, role, own, name);
        foreach (var (field, type) in way.Fields) await SwapFieldAsync(way, role, own, field, type);
    }

    private async Task SwapRouteAsync(Way way, Role role, Dictionary<string, string> own, string name)
    {
        var (foreign, unknown) = (new Dictionary<string, string>(own) { [name] = Own(way, name, birch) }, new Dictionary<string, string>(own) { [name] = Unknown(name, Own(way, name, birch)) });
        if (foreign[name] == own[name]) return;
        swaps++;
        var theirs = await SendAsync(way, role, foreign, null);
        Judge(way, role, $"Birch's {name}", theirs);
        if (name == "client" && way.Template.StartsWith("/c/", StringComparison.Ordinal)) return; // a portal's address is public: whoever is not signed in there is sent to its sign-in page
        Same(way, role, name, theirs, await SendAsync(way, role, unknown, null), foreign[name], unknown[name]);
    }

    private async Task SwapFieldAsync(Way way, Role role, Dictionary<string, string> own, string field, Type type)
    {
        if (type != typeof(Guid) && type != typeof(string) && type != typeof(int)) return;
        var foreign = type == typeof(Guid) ? birch.Ids.Select(i => i.ToString()) : type == typeof(int) ? [birch.Ticket.Number.ToString()] : [birch.Reference, birch.Slug, $"birch.{birch.Twin.Employee.Id}", portal.World.Birch.Client.Slug, birch.Twin.Laptop.Id.ToString(), TwinWorld.Bait];
        foreach (var value in foreign)
        {
            swaps++;
            Judge(way, role, $"{field}={value}", await SendAsync(way, role, own, (field, value)));
        }
    }

    private sealed record Answer(int Status, string Body, string Location);

    private async Task<Answer> SendAsync(Way way, Role role, Dictionary<string, string> values, (string Name, string Value)? field)
    {
        requests++;
        var address = Regex().Replace(way.Template, m => Uri.EscapeDataString(values[m.Groups["name"].Value]));
        var query = new List<string>();
        if (way.Handler is { Length: > 0 } handler) query.Add($"handler={handler}");
        using var request = new HttpRequestMessage(new(way.Method), (string?)null);
        if (way.Method == "GET" && field is { } asked) query.Add($"{asked.Name}={Uri.EscapeDataString(asked.Value)}");
        request.RequestUri = new(address + (query.Count > 0 ? "?" + string.Join('&', query) : ""), UriKind.Relative);
        if (way.Method is "POST" or "PUT" or "PATCH" or "DELETE")
        {
            var form = new List<KeyValuePair<string, string>> { new("__RequestVerificationToken", await TokenAsync(role)) };
            foreach (var (name, type) in way.Fields.Where(f => f.Name != field?.Name && !way.RouteValues.Contains(f.Name, StringComparer.OrdinalIgnoreCase))) form.Add(new(name, Filler(name, type)));
            if (field is { } sent) form.Add(new(sent.Name, sent.Value));
            request.Content = new FormUrlEncodedContent(form);
        }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var answer = await role.Browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        var stream = answer.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var body = stream ? "" : await answer.Content.ReadAsStringAsync(limit.Token);
        return new((int)answer.StatusCode, body + string.Join('\n', answer.Headers.SelectMany(h => h.Value)), answer.Headers.Location?.ToString() ?? "");
    }

    private void Judge(Way way, Role role, string what, Answer answer)
    {
        // the demo's door lists everybody on purpose; it exists on loopback with demo data only
        if (!way.Template.StartsWith("/demo", StringComparison.Ordinal) && answer.Body.Contains(World.Canary, StringComparison.OrdinalIgnoreCase)) wrong.Add($"canary of Birch: {way} as {role.Name} with {what}: {Around(answer.Body)}");
        if (answer.Status >= 500) wrong.Add($"{answer.Status}: {way} as {role.Name} with {what}");
    }

    private void Same(Way way, Role role, string name, Answer foreign, Answer unknown, string foreignId, string unknownId)
    {
        if (way.Template.StartsWith("/demo", StringComparison.Ordinal)) return;
        if (foreign.Status != unknown.Status || Bare(foreign.Body, foreignId) != Bare(unknown.Body, unknownId)) wrong.Add($"foreign and unknown differ: {way} as {role.Name}, {name}: {foreign.Status} and {unknown.Status} {Differ(Bare(foreign.Body, foreignId), Bare(unknown.Body, unknownId))}");
    }

    private static string Differ(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(p => p.First == p.Second).Count();
        return $"…{one[Math.Max(0, at - 60)..Math.Min(one.Length, at + 60)]}… against …{other[Math.Max(0, at - 60)..Math.Min(other.Length, at + 60)]}…".ReplaceLineEndings(" ");
    }

    private static string Bare(string body, string id) => Noise().Replace(body.Replace(id, "ID", StringComparison.OrdinalIgnoreCase).Replace(Uri.EscapeDataString(id), "ID", StringComparison.OrdinalIgnoreCase), "");

    private static string Around(string body)
    {
        var at = body.IndexOf(World.Canary, StringComparison.OrdinalIgnoreCase);
        return body[Math.Max(0, at - 80)..Math.Min(body.Length, at + 40)].ReplaceLineEndings(" ");
    }

    private static string Own(Way way, string name, Things things) => name switch
    {
        "client" => things.Twin.Client.Slug,
        "number" => $"{things.Ticket.Number}",
        "reference" => things.Reference,
        "prefix" => things.Twin.Client.TicketPrefix,
        "slug" => way.Template.Contains("/ask", StringComparison.Ordinal) ? things.RequestSlug : things.Slug,
        "pack" => $"pack-{things.Twin.Client.Slug}",
        "name" => $"picture-{things.Twin.Client.Slug}.svg",
        "id" when way.Template.Contains("/files/", StringComparison.Ordinal) => $"{things.Attachment}",
        "id" when way.Template.Contains("/outbox", StringComparison.Ordinal) || way.Template.Contains("/demo/mail", StringComparison.Ordinal) => $"{things.Outbox}",
        "id" when way.Template.Contains("/notices", StringComparison.Ordinal) => $"{things.Notice}",
        "draft" => $"{things.Draft}",
        "id" => $"{things.Runbook}",
        _ => throw new InvalidOperationException($"{way} has a route value {name} that the twin test does not know. Add it here."),
    };

    private static string Unknown(string name, string foreign) => Guid.TryParse(foreign, out _) ? Guid.NewGuid().ToString() : name switch
    {
        "number" => "70999", "reference" => "BIR-70999", "prefix" => "QQQ", _ => "nosuchthing",
    };

    private static string Filler(string name, Type type) =>
        type == typeof(Guid) ? Guid.Empty.ToString() : type == typeof(int) || type == typeof(long) ? "1" : type == typeof(bool) ? "false" : type.IsEnum ? Enum.GetNames(type)[0] : type == typeof(DateOnly) ? "2027-01-04" : name.EndsWith("Email", StringComparison.OrdinalIgnoreCase) ? "nobody@acorn.example" : "";

    private readonly Dictionary<string, string> tokens = [];

    private async Task<string> TokenAsync(Role role)
    {
        if (tokens.TryGetValue(role.Name, out var known)) return known;
        foreach (var page in role.Name == "anonymous" ? new[] { "/c/acorn/sign-in" } : role.IsStaff ? ["/desk/you"] : ["/c/acorn/you"])
        {
            using var answer = await role.Browser.GetAsync(new Uri(page, UriKind.Relative), Cancel);
            var found = Token().Match(await answer.Content.ReadAsStringAsync(Cancel));
            if (found.Success) return tokens[role.Name] = found.Groups["token"].Value;
        }
        throw new InvalidOperationException($"No form token for {role.Name}.");
    }

    private static async Task<bool> IsInAsync(Role role)
    {
        if (role.Name == "anonymous") return true;
        using var answer = await role.Browser.GetAsync(new Uri(role.IsStaff ? "/desk/you" : "/c/acorn/you", UriKind.Relative), Cancel);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private async Task ComeBackAsync(Role role)
    {
        tokens.Remove(role.Name);
        var (door, id) = role.Name switch { "employee" => ("/c/acorn", acorn.Twin.Employee.Id.Value), "company manager" => ("/c/acorn", acorn.Twin.Manager.Id.Value), _ => ("/desk", portal.World.Nico.Id.Value) };
        using var answer = await role.Browser.PostAsync(new Uri($"{door}/sign-in/demo", UriKind.Relative), new FormUrlEncodedContent([new("id", id.ToString())]), Cancel);
        if (!await IsInAsync(role)) wrong.Add($"{role.Name} could not come back ({answer.StatusCode})");
    }

    private async Task AllStaffRolesReachTheirPagesAsync(IReadOnlyList<Way> ways)
    {
        Role[] all = [new("operator", await portal.AsAsync(portal.World.Olive), true), new("service lead", await portal.AsAsync(portal.World.Sam), true), new("engineer of all", await portal.AsAsync(portal.World.Priya), true)];
        foreach (var way in ways.Where(w => w.Method == "GET"))
            foreach (var role in all)
                if (await SendAsync(way, role, way.RouteValues.ToDictionary(n => n, n => Own(way, n, acorn)), null) is { Status: < 400 and not 302 }) reached.Add(way.ToString());
        // the presence beside the absence: who serves Birch does see it
        using var seen = await all[2].Browser.GetAsync(new Uri($"/desk/tickets/{birch.Reference}", UriKind.Relative), Cancel);
        Assert.True(seen.StatusCode == HttpStatusCode.OK, $"{seen.StatusCode} {seen.Headers.Location}");
        Assert.Contains(World.Canary, await seen.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private async Task EveryTableIsFilledAsync()
    {
        foreach (var table in await TablesAsync())
            Assert.True(await CountAsync(table) > 0, $"Birch has no row in {table}: fill it in TwinWorld");
    }

    private Task<List<string>> TablesAsync() => Server.ListAsync<string>(portal.Owner, "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relrowsecurity and c.relforcerowsecurity order by 1");

    private async Task<long> CountAsync(string table) => (await Server.ListAllAsync<long>(portal.Owner, $"select count(*) from {table} where tenant_id = '{birch.Twin.Id}'"))[0];

    private async Task<Dictionary<string, string>> FingerprintAsync()
    {
        var prints = new Dictionary<string, string>();
        foreach (var table in await TablesAsync())
            prints[table] = (await Server.ListAllAsync<string>(portal.Owner, $"select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {table} t where tenant_id = '{birch.Twin.Id}'"))[0];
        return prints;
    }

    [GeneratedRegex(@"\{\*{0,2}(?<name>[a-zA-Z]+)[^}]*\}", RegexOptions.ExplicitCapture, 1000)] private static partial Regex Regex();
    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)] private static partial Regex Token();
    [GeneratedRegex("CfDJ8[A-Za-z0-9_-]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\\d{2}:\\d{2}(:\\d{2})?( GMT)?", RegexOptions.ExplicitCapture, 1000)] private static partial Regex Noise();
}
