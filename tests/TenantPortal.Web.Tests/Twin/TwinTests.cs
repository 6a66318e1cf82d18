using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Tests.Twin;

/// <summary>Visits every way into the program as every role, with its own ids, with each id swapped for Birch's, and with each swapped for one that
/// exists nowhere: no byte of Birch comes back, foreign and unknown answer alike, and nothing of Birch changes.</summary>
public sealed partial class TwinTests(Portal portal, ITestOutputHelper output) : IClassFixture<Portal>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    // forms only, pages between two steps of signing in, and a logo that nobody has uploaded
    private static readonly string[] NeverShown = ["GET /c/{client}/logo", "GET /c/{client}/sign-in/demo", "GET /c/{client}/sign-out", "GET /desk/sign-in/code", "GET /desk/sign-in/demo", "GET /desk/sign-in/enrol", "GET /desk/sign-out"];
    private readonly System.Collections.Concurrent.ConcurrentBag<string> wrong = [];
    private readonly HashSet<string> reached = [];
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> stopped = [];
    private int requests, swaps;
    private Things acorn = null!, birch = null!;
    private StaffMember member = null!;

    [Fact]
    public async Task No_way_in_shows_or_changes_anything_of_the_other_client()
    {
        // an alarm that rings between two answers would make them differ, and so would the call that a verdict of the walk sets off
        await portal.Services.GetRequiredService<Infrastructure.Jobs.AlarmWorker>().StopAsync(Cancel);
        // what a stranger asks for at Birch's own door becomes Birch's ticket, on purpose
        await portal.Services.GetRequiredService<Features.SignInHelp.HelpPost>().StopAsync(Cancel);
        acorn = await TwinWorld.FillAsync(portal, portal.World.Acorn, "", 0);
        birch = await TwinWorld.FillAsync(portal, portal.World.Birch, World.Canary, 700);
        // what was filled in is linked before it is looked at
        while (await Infrastructure.Data.AuditRows.SealAsync(portal.Services.GetRequiredService<Npgsql.NpgsqlDataSource>(), 1_000, Cancel) > 0) { }
        await EveryTableIsFilledAsync();
        await portal.Services.GetRequiredService<Infrastructure.Jobs.JobWorker>().StopAsync(Cancel);
        var before = await FingerprintAsync();
        var ways = await Doors.AllAsync(portal.Services);
        // portal and desk use up different things, so they are visited side by side; forms come after all pages, which they change
        var (portalRoles, deskRoles) = (await RolesAsync(), await RolesAsync());
        foreach (var visits in ways.GroupBy(w => w.Method == "GET").OrderByDescending(g => g.Key))
            await Task.WhenAll(visits.GroupBy(w => w.Template.StartsWith("/c/", StringComparison.Ordinal)).Select(side => VisitAllAsync(side, side.Key ? portalRoles : deskRoles)));
        await StaffOfAllReachTheirPagesAsync(ways);
        Assert.Empty((await FingerprintAsync()).Where(row => before[row.Key] != row.Value).Select(row => $"{row.Key} of Birch changed"));
        output.WriteLine($"{ways.Count} ways in x {portalRoles.Count} roles, {requests} requests, {swaps} ids swapped, canaries found: {wrong.Count(w => w.Contains("canary", StringComparison.Ordinal))}");
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Distinct().Take(60)));
        var closed = ways.Select(w => w.ToString()).Where(w => !NeverShown.Contains(w) && !Values.SentElsewhere.ContainsKey(w) && !reached.Contains(w)).ToList();
        Assert.True(closed.Count == 0, string.Join('\n', closed.Select(w => $"no role ever got through {w}; {stopped.GetValueOrDefault(w)}: give its own values in Twin/Values")));
        Assert.Empty(Values.SentElsewhere.Keys.Where(key => reached.Contains(key) || !ways.Any(w => w.ToString() == key)).Select(key => $"{key} needs no exception any more"));
        Assert.True(swaps > 1_000, "too few ids were swapped");
    }

    // staff whose rights cover both twins may read Birch; the wall is held against everyone else, so each kind of staff is hired for Acorn alone
    private async Task<IReadOnlyList<Role>> RolesAsync()
    {
        member = await HiredAsync("mona", StaffRoles.Engineer);
        var roles = new List<Role>
        {
            new("anonymous", portal.Browser(follow: false), "/c/acorn", null), new("employee", await portal.AsAsync(acorn.Twin.Employee), "/c/acorn", acorn.Twin.Employee.Id.Value),
            new("company manager", await portal.AsAsync(acorn.Twin.Manager), "/c/acorn", acorn.Twin.Manager.Id.Value), new("engineer of Acorn", await portal.AsAsync(portal.World.Nico), "/desk", portal.World.Nico.Id.Value),
        };
        foreach (var (key, right) in new[] { ("dan", StaffRoles.Dispatcher), ("amy", StaffRoles.Author), ("lena", StaffRoles.ServiceLead), ("omar", StaffRoles.Operator) })
        {
            var hired = await HiredAsync(key, right);
            roles.Add(new($"{right} of Acorn", await portal.AsAsync(hired), "/desk", hired.Id.Value));
        }
        roles.Add(new("program of Acorn", await Api.Programs.ProgramAsync(portal, acorn.Twin.Client), "/api", acorn.Twin.Id.Value));
        roles.Add(new("program of Nico", await Api.Programs.ProgramAsync(portal, null, portal.World.Nico), "/api", portal.World.Nico.Id.Value));
        return roles;
    }

    private async Task<StaffMember> HiredAsync(string key, StaffRoles right)
    {
        var directory = portal.Services.GetRequiredService<StaffDirectory>();
        return directory.ByKey(key) ?? await World.HireAsync(directory, key, right, 1, portal.World.Acorn.Id);
    }

    private async Task VisitAllAsync(IEnumerable<Way> ways, IReadOnlyList<Role> roles)
    {
        foreach (var way in ways)
            foreach (var role in roles.Where(r => way.IsOfPrograms || !r.IsProgram)) await VisitAsync(way, role);
    }

    private async Task VisitAsync(Way way, Role role)
    {
        var own = way.RouteValues.ToDictionary(name => name, name => Values.Of(way, name, acorn));
        var answer = await SendAsync(way, role, own, null);
        if (Values.IsThrough(way, answer.Status, answer.Location, answer.Body)) lock (reached) reached.Add(way.ToString());
        else if (role.Uses(way)) stopped[way.ToString()] = $"{role.Name} got {answer.Status} {answer.Location} {(role.IsProgram ? answer.Body[..Math.Min(400, answer.Body.Length)] : Alert().Match(answer.Body).Value).ReplaceLineEndings(" ")}";
        Judge(way, role, "own ids", answer);
        foreach (var name in way.RouteValues) await SwapRouteAsync(way, role, own, name);
        // who is sent to sign in was turned away before any field was read: one swap each shows it
        var isTurnedAway = !role.Uses(way) && (answer.Status == 401 || answer.Status == 302 && answer.Location.Contains("/sign-in", StringComparison.Ordinal));
        foreach (var (field, type) in way.Fields.Concat(Unbound(way)).Where(f => !way.RouteValues.Contains(f.Name, StringComparer.OrdinalIgnoreCase)))
            foreach (var (foreign, unknown) in Values.Swaps(way, role.Name, field, type, birch).Take(isTurnedAway ? 1 : int.MaxValue)) await SwapFieldAsync(way, role, own, field, foreign, unknown);
    }

    // fields that a page reads by itself
    private static IEnumerable<(string Name, Type Type)> Unbound(Way way) => way is { Method: "POST", Template: "/c/{client}/ask/{slug}" } ? [("f-why", typeof(string)), ("f-who", typeof(Guid)), ("f-which", typeof(Guid))] : [];

    private async Task SwapRouteAsync(Way way, Role role, Dictionary<string, string> own, string name)
    {
        var (foreign, unknown) = (new Dictionary<string, string>(own) { [name] = Values.Of(way, name, birch) }, new Dictionary<string, string>(own) { [name] = Values.Unknown(name, Values.Of(way, name, birch)) });
        if (foreign[name] == own[name]) return;
        Interlocked.Increment(ref swaps);
        var theirs = await SendAsync(way, role, foreign, null);
        Judge(way, role, $"Birch's {name}", theirs);
        if (name == "client" && way.Template.StartsWith("/c/", StringComparison.Ordinal)) return; // a portal's address is public: whoever is not signed in there is sent to its sign-in page
        Same(way, role, name, (theirs, foreign[name]), [(await SendAsync(way, role, unknown, null), unknown[name])]);
    }

    private async Task SwapFieldAsync(Way way, Role role, Dictionary<string, string> own, string field, string foreign, string unknown)
    {
        Interlocked.Increment(ref swaps);
        var others = new List<(Answer, string)> { (await SendAsync(way, role, own, (field, unknown)), unknown) };
        var theirs = await SendAsync(way, role, own, (field, foreign));
        Judge(way, role, $"{field}={foreign}", theirs);
        // an answer before it may have changed Acorn itself (sent, taken, switched): then Birch's answers like one of those after it
        for (var again = 0; again < 3 && !others.Exists(o => IsSame((theirs, foreign), o)); again++) others.Add((await SendAsync(way, role, own, (field, unknown)), unknown));
        Same(way, role, field, (theirs, foreign), others);
    }

    private sealed record Answer(int Status, string Body, string Location);

    private async Task<Answer> SendAsync(Way way, Role role, Dictionary<string, string> values, (string Name, string Value)? field)
    {
        Interlocked.Increment(ref requests);
        var query = new List<string>();
        if (way.Handler is { Length: > 0 } handler) query.Add($"handler={handler}");
        if (way.Method == "GET" && field is { } asked) query.Add($"{asked.Name}={Uri.EscapeDataString(asked.Value)}");
        var address = Place().Replace(way.Template, m => Uri.EscapeDataString(values[m.Groups["name"].Value]));
        using var request = new HttpRequestMessage(new(way.Method), new Uri(address + (query.Count > 0 ? "?" + string.Join('&', query) : ""), UriKind.Relative));
        if (way.IsJson) request.Content = new StringContent(Json(way, field), System.Text.Encoding.UTF8, "application/json");
        else if (way.Method != "GET" && !way.IsOfPrograms) request.Content = new FormUrlEncodedContent([new("__RequestVerificationToken", await role.TokenAsync()), .. Form(way, field)]);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var answer = await role.Browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        var stream = answer.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var body = stream ? "" : await answer.Content.ReadAsStringAsync(limit.Token);
        var location = answer.Headers.Location?.ToString() ?? "";
        if (way.Method == "POST" && role.Uses(way) && location.Contains("/sign-in", StringComparison.Ordinal)) await role.BeInAsync();
        return new((int)answer.StatusCode, body + string.Join('\n', answer.Headers.SelectMany(h => h.Value)), location);
    }

    private IEnumerable<KeyValuePair<string, string>> Form(Way way, (string Name, string Value)? swapped) =>
        way.Fields.Concat(Unbound(way)).Where(f => f.Name != swapped?.Name && !way.RouteValues.Contains(f.Name, StringComparer.OrdinalIgnoreCase)).Select(f => KeyValuePair.Create(f.Name, Values.Field(way, f.Name, f.Type, acorn, (f.Name == "Input.Staff" ? portal.World.Nico : member).Id.Value)))
            .Concat(swapped is { } sent ? [KeyValuePair.Create(sent.Name, sent.Value)] : []);

    private string Json(Way way, (string Name, string Value)? swapped)
    {
        var body = new System.Text.Json.Nodes.JsonObject();
        foreach (var (name, value) in Form(way, swapped))
            body[name] = way.Fields.First(f => f.Name == name).Type is var type && type == typeof(System.Text.Json.JsonElement) ? System.Text.Json.Nodes.JsonNode.Parse(value) : type == typeof(bool) ? bool.Parse(value) : type == typeof(int) ? int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) : value;
        return body.ToJsonString();
    }

    private void Judge(Way way, Role role, string what, Answer answer)
    {
        // the demo's door lists everybody on purpose; it exists on loopback with demo data only
        if (!way.Template.StartsWith("/demo", StringComparison.Ordinal) && answer.Body.Contains(World.Canary, StringComparison.OrdinalIgnoreCase)) wrong.Add($"canary of Birch: {way} as {role.Name} with {what}: {Around(answer.Body)}");
        if (answer.Status >= 500) wrong.Add($"{answer.Status}: {way} as {role.Name} with {what}");
    }

    private void Same(Way way, Role role, string name, (Answer Answer, string Id) foreign, IReadOnlyList<(Answer Answer, string Id)> unknown)
    {
        if (way.Template.StartsWith("/demo", StringComparison.Ordinal) || unknown.Any(u => IsSame(foreign, u))) return;
        var (first, id) = unknown[0];
        wrong.Add($"foreign and unknown differ: {way} as {role.Name}, {name}={foreign.Id}: {foreign.Answer.Status} and {first.Status} {Differ(Bare(foreign.Answer.Body, foreign.Id), Bare(first.Body, id))}");
    }

    private static bool IsSame((Answer Answer, string Id) one, (Answer Answer, string Id) other) => one.Answer.Status == other.Answer.Status && Bare(one.Answer.Body, one.Id) == Bare(other.Answer.Body, other.Id);

    private static string Differ(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(p => p.First == p.Second).Count();
        return $"…{one[Math.Max(0, at - 60)..Math.Min(one.Length, at + 60)]}… against …{other[Math.Max(0, at - 60)..Math.Min(other.Length, at + 60)]}…".ReplaceLineEndings(" ");
    }

    // noise first: a short number may stand inside a long id that has nothing to do with it
    private static string Bare(string body, string id) => Noise().Replace(body, "").Replace(id, "ID", StringComparison.OrdinalIgnoreCase).Replace(Uri.EscapeDataString(id), "ID", StringComparison.OrdinalIgnoreCase);

    private static string Around(string body)
    {
        var at = body.IndexOf(World.Canary, StringComparison.OrdinalIgnoreCase);
        return body[Math.Max(0, at - 80)..Math.Min(body.Length, at + 40)].ReplaceLineEndings(" ");
    }

    private async Task StaffOfAllReachTheirPagesAsync(IReadOnlyList<Way> ways)
    {
        Role[] all = [new("operator", await portal.AsAsync(portal.World.Olive), "/desk", portal.World.Olive.Id.Value), new("service lead", await portal.AsAsync(portal.World.Sam), "/desk", portal.World.Sam.Id.Value), new("engineer of all", await portal.AsAsync(portal.World.Priya), "/desk", portal.World.Priya.Id.Value)];
        foreach (var way in ways.Where(w => !reached.Contains(w.ToString()) && !Values.SentElsewhere.ContainsKey(w.ToString())))
            foreach (var role in all)
                if (await SendAsync(way, role, way.RouteValues.ToDictionary(n => n, n => Values.Of(way, n, acorn)), null) is var answer && Values.IsThrough(way, answer.Status, answer.Location, answer.Body)) reached.Add(way.ToString());
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

    [GeneratedRegex(@"\{\*{0,2}(?<name>[a-zA-Z]+)[^}]*\}", RegexOptions.ExplicitCapture, 1000)] private static partial Regex Place();
    [GeneratedRegex("error-summary.{0,300}", RegexOptions.Singleline, 1000)] private static partial Regex Alert();
    // a replay goes on by itself while it is looked at
    // beside ids and times of pages: the versions, numbers and instants in answers to programs, and new tokens
    [GeneratedRegex("\"number\":\\d+|\\d{4}-\\d{2}-\\d{2}T[\\d:.]+(Z|\\+00:00)|(?m:^\"\\d+\"$)|/tickets/\\d+|tpt_[0-9a-f]+|(?s:<div class=\"replay\".*?</div>)|CfDJ8[A-Za-z0-9_-]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\\d{2}:\\d{2}(:\\d{2})?( GMT)?|value=\"0[.\\d]*\"|<span class=\"count\" aria-hidden=\"true\">\\d+</span>\\s*|\\d+ unread|data-live-at=\"\\d+\"|theme\\.css\\?v=\\d+|ACO-\\d+|/requests/\\d+", RegexOptions.ExplicitCapture, 1000)] private static partial Regex Noise();
}
