using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Tests.Twin;

/// <summary>What is typed into addresses and forms: the twin's own values, the other twin's, and values that exist nowhere.</summary>
internal static class Values
{
    /// <summary>Forms that nobody in this world can send with success, and who sends them.</summary>
    public static readonly IReadOnlyDictionary<string, string> SentElsewhere = new Dictionary<string, string>
    {
        ["POST /c/{client}/sign-in/demo"] = "every role came in by it",
        ["POST /desk/sign-in/demo"] = "every role came in by it",
        ["POST /c/{client}/sign-in?handler=Password"] = "nobody here has a password: PasswordTests",
        ["POST /c/{client}/sign-in/site"] = "needs a code that was just made: SiteSignInTests",
        ["POST /desk/tickets/{reference}/identity?handler=Check"] = "its code is in a mail: LockedOutTests",
        ["POST /admin/clients/new"] = "makes a client, which is nobody's yet: ClientSetupTests",
        ["POST /admin/clients/{client}"] = "needs a guide that waits for a value: ClientSetupTests",
        ["POST /c/{client}/sign-in/link"] = "its token is in a mail: MailedLinkTests",
        ["POST /c/{client}/sign-in/password"] = "its token is in a mail: PasswordTests",
        ["GET /desk/first-run"] = "exists while nobody is there: FirstRunTests",
        ["POST /desk/first-run"] = "exists while nobody is there: FirstRunTests",
        ["POST /desk/sign-in"] = "nobody here has a password: StaffSignInTests",
        ["POST /desk/sign-in/code"] = "needs a code of the moment: StaffSignInTests",
        ["POST /desk/sign-in/enrol"] = "needs a code of the moment: StaffSignInTests",
        ["POST /desk/sign-in/password"] = "its token is in a mail: StaffSignInTests",
        ["POST /admin/people/{client}?handler=Change"] = "staff are no client's; at /admin/people it is sent",
        ["POST /admin/escalation/{path}?handler=Approve"] = "needs the number of a draft of the moment: PathPageTests",
        ["POST /admin/contracts/teams"] = "reads every client's clocks again on purpose: RegisterTests",
        ["POST /desk/you/browsers?handler=Add"] = "needs a host that the operator has listed: PushTests",
        ["POST /hooks/answers/{hook}/{token}"] = "needs a channel's own address and signature: AnswerTests",
        ["POST /admin/channels?handler=Add"] = "needs a host that the operator has listed: ChannelTests",
        ["POST /admin/contracts/{client}?handler=Replay"] = "its draft is approved by then: ReplayTests",
        ["POST /admin/contracts/{client}?handler=Copy"] = "writes for another client on purpose: ReplayTests",
        ["POST /admin/subscriptions?handler=Add"] = "needs a host that the operator has listed: SubscriptionTests",
        ["POST /admin/tokens?handler=Revoke"] = "would take a key away: TokenTests",
        ["POST /admin/knowledge?handler=Approve"] = "needs a guide on the library's shelf, which is no client's: PublishTests",
        ["POST /admin/knowledge?handler=Publish"] = "publishes to every client on purpose: PublishTests",
        ["POST /admin/knowledge?handler=Withdraw"] = "withdraws from every client on purpose: PublishTests",
    };

    private const string Nowhere = "799";
    private static readonly string Tomorrow = TimeProvider.System.GetUtcNow().AddDays(1).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    // a form that answers with a page when it has worked; all others lead on
    private static readonly string[] AnsweredByPage = ["POST /admin/clients/{client}/upload?handler=Check", "POST /admin/clients/{client}/upload?handler=BringIn", "POST /admin/clients/{client}/upload?handler=Rejected", "POST /c/{client}/sign-in/help", "POST /c/{client}/sign-in?handler=Link", "POST /c/{client}/sign-in?handler=Forgot", "POST /desk/sign-in?handler=Forgot", "POST /c/{client}/you?handler=Password", "POST /c/{client}/ask/{slug}?handler=More", "POST /admin/audit/{client}?handler=Export", "POST /admin/tokens?handler=Make", "POST /desk/tickets/{reference}/secrets?handler=Reveal"];

    /// <summary>Whether the way was gone to its end: a page that is no sign-in, a form that was taken.</summary>
    public static bool IsThrough(Way way, int status, string location, string body)
    {
        if (way.Method == "GET" || way.IsOfPrograms) return status is < 400 and not 302;
        if (status == 302) return way.Template.EndsWith("sign-out", StringComparison.Ordinal) || way.Handler == "Everywhere" || !location.Contains("/sign-in", StringComparison.Ordinal);
        return status == 200 && (AnsweredByPage.Contains(way.ToString()) || way.Template.StartsWith("/admin/people", StringComparison.Ordinal)) && !body.Contains("error-summary", StringComparison.Ordinal);
    }

    public static string Of(Way way, string name, Things things) => name switch
    {
        "client" => things.Twin.Client.Slug,
        "number" => $"{things.TicketOf(way).Number}",
        "reference" => $"{things.Twin.Client.TicketPrefix}-{things.TicketOf(way).Number}",
        "prefix" => things.Twin.Client.TicketPrefix,
        "slug" => way.Template.Contains("/ask", StringComparison.Ordinal) ? things.RequestSlug : things.Slug,
        "hook" => $"{Guid.Empty:n}",
        "rota" => TwinWorld.Rota,
        "path" => "urgent",
        "token" => things.TokenOf(way),
        "pack" => $"pack-{things.Twin.Client.Slug}",
        "name" => $"picture-{things.Twin.Client.Slug}.svg",
        "id" when way.Template.Contains("/people/", StringComparison.Ordinal) => $"{things.Twin.Employee.Id}",
        "id" when way.Template.Contains("/devices/", StringComparison.Ordinal) => $"{things.Twin.Laptop.Id}",
        "id" when way.Template.Contains("/files/", StringComparison.Ordinal) => $"{things.Attachment}",
        "id" when way.Template.Contains("/demo/mail", StringComparison.Ordinal) => $"{things.Failed}",
        "draft" => $"{things.DraftOf(way)}",
        _ => throw new InvalidOperationException($"{way} has a route value {name} that the twin test does not know. Add it here."),
    };

    /// <summary>What a person would fill in, so that the form is taken.</summary>
    public static string Field(Way way, string name, Type type, Things things, Guid member) => name switch
    {
        "Input.Tier" when way.Template.EndsWith("/pass-on", StringComparison.Ordinal) => "2",
        "Input.Staff" when way.Template.EndsWith("/pass-on", StringComparison.Ordinal) => "",
        "Input.Phone" when way.Template.EndsWith("/help", StringComparison.Ordinal) => "01632 960011",
        "Input.Manager" => $"{things.Twin.Manager.Id}",
        "Input.Spoke" => "true",
        "who" when way.Template.EndsWith("/identity", StringComparison.Ordinal) => $"{things.Twin.Employee.Id}",
        "site" when way.Template.EndsWith("/sites", StringComparison.Ordinal) => $"{things.Twin.Site.Id}",
        "Input.Without" or "Input.What" => "Nobody answers the phone",
        "id" when way.Template.EndsWith("/escalation", StringComparison.Ordinal) => $"{things.EscalationOf(way)}",
        "externalRef" => "RMM-4711",
        "contact" => $"{things.Twin.Employee.Id}",
        "text" or "summary" => "The mouse is broken",
        _ when type == typeof(System.Text.Json.JsonElement) => name == "sites" ? """[{"ref":"hq","name":"Head office"}]""" : "[]",
        "site" => $"{things.Twin.Site.Id}",
        "device" => $"{things.Twin.Laptop.Id}",
        "Input.Whose" => $"client.{things.Twin.Client.Slug}",
        "Input.Scopes" => "Search",
        "At" => Tomorrow,
        "shift" => "Mon 08:00–18:00",
        "Input.From" or "Input.Until" => $"2027-01-{(name == "Input.From" ? 4 : 5):00}T08:00",
        "Shift.From" => "08:00",
        "Shift.Until" => "18:00",
        "Shift.First" => $"{member}",
        "Shift.Second" or "Shift.Third" => "",
        "Rota.Name" => "Night desk",
        "Rota.Key" => "night-desk",
        "Rota.TimeZone" => "Europe/London",
        "Input.Percents" => "50",
        "Input.Whos" => "owner",
        "Input.Lead" => "service-lead",
        "id" when way.Template == "/admin/contracts/{client}" => $"{(way.Handler is "Withdraw" or "Copy" ? things.Clause : things.ClauseDraft)}",
        "id" when way.Template == "/admin/readiness" => $"{things.Baseline}",
        "client" when way.Template == "/admin/readiness" => things.Twin.Client.Slug,
        "Of" => $"{things.Clause}",
        "id" when way.Template == "/desk/approvals" => $"{things.Approvals[way.Handler!.ToLowerInvariant()]}",
        "id" when way.Template.EndsWith("/secrets", StringComparison.Ordinal) => $"{things.Secrets[way.Handler == "Undo" ? 1 : 0]}",
        "why" => "Not like this",
        "Input.Reason" when type == typeof(string) => "Nobody else is there",
        "Input.Sites" => $"{things.Twin.Site.Id}",
        "Input.Title" or "Input.Quote" or "Input.Catches" => "The kassa is down",
        "Input.ReviewBy" => "2027-01-04",
        "Term" => "till",
        "Same" => "kassa, counter",
        "id" when way.Template == "/admin/subscriptions" => $"{(way.Handler == "Again" ? TwinWorld.DeliveryOf(things.Twin.Id) : TwinWorld.SubscriptionOf(things.Twin.Id))}",
        "id" when way.Template == "/desk/outbox" => $"{(way.Handler == "Arrived" ? things.Uncertain : things.Failed)}",
        "id" when way.Template == "/admin/people/{client}" => $"{things.Spare.Id}",
        "id" when way.Template == "/admin/people" => $"{member}",
        "Input.Email" or "Email" => way.Template.StartsWith("/admin", StringComparison.Ordinal) ? "newcomer@acorn.example" : $"nobody.{way.Handler}@acorn.example".ToLowerInvariant(),
        "Input.Name" => "Nell New",
        "Input.Clients" => things.Twin.Client.Slug,
        "Input.Roles" => "Engineer",
        "Input.Accent" => "#1F5FBF",
        "Input.Key" or "Key" => "3b1d0c02-0e0b-4c3c-9a0e-0000000000" + $"{Math.Abs(way.ToString().Length) % 100:00}",
        "Input.Staff" => $"{member}",
        "Input.System" or "System" => "Tills",
        "caller" => $"{things.Twin.Client.Slug}.{things.Twin.Employee.Id}",
        "Draft" => $"{things.DraftOf(way)}",
        "Attempt" => $"{things.AttemptOf(way).Id}",
        "step" => "one",
        "answer" when way.Template.EndsWith("/steps", StringComparison.Ordinal) => "Didnt",
        "answer" => nameof(Domain.SelfService.StepAnswer.Worked),
        "result" => "Yes",
        "Text" when way.Template.EndsWith("/upload", StringComparison.Ordinal) => "name,email\nNora New,nora.new@acorn.example\nBad Row,no-address",
        "f-why" or "Text" or "Input.Text" or "Input.Summary" => "The mouse is broken",
        "f-who" => $"{things.Twin.Employee.Id}",
        "f-which" => $"{things.Twin.Laptop.Id}",
        _ when type == typeof(Guid) => Guid.Empty.ToString(),
        _ when type == typeof(int) || type == typeof(long) => "1",
        _ when type == typeof(bool) => "false",
        _ when type.IsEnum => Enum.GetNames(type)[0],
        _ when type == typeof(DateOnly) => "2027-01-04",
        _ => "",
    };

    // words, secrets, ranks and counts: nothing of a client is looked up by them
    private static readonly string[] NoKeys = ["Input.Code", "Code", "Input.Without", "Input.What", "Input.Comment", "Input.Seen", "why", "seen", "Reason", "Input.Reason", "Input.Summary", "Input.Cause", "Input.Workaround", "Input.Fix", "Input.Prevention", "Error", "Input.Phone", "Input.Hours", "Input.Welcome", "Input.Notice", "Input.Name", "Input.Email", "Input.Password", "password", "code", "f-why", "Input.Accent", "Input.Theme", "Input.Title", "Input.Quote", "Input.Page", "Input.Catches", "Input.Leaves", "Input.FirstReply", "Input.NextReply", "Input.Resolution", "Input.Tier", "Input.Version", "Input.From", "Input.Until", "Input.Why", "Input.Percents", "Input.CallAgain", "Input.Address", "Input.Secret", "Shift.From", "Shift.Until", "Rota.Name", "Rota.TimeZone", "At", "place", "Term", "Same", "Preview", "after", "limit", "Input.Days", "error", "cause", "workaround", "permanentFix", "prevention"];

    /// <summary>The other twin's keys that could be meant by a field, each beside one of the same kind that exists nowhere.</summary>
    public static IEnumerable<(string Foreign, string Unknown)> Swaps(Way way, string role, string field, Type type, Things other)
    {
        if (NoKeys.Contains(field)) return [];
        // these two forms carry a person's id alone, and each sending of the one switches the person
        if (way.Template.StartsWith("/admin/people", StringComparison.Ordinal) && way.Handler is "Toggle" or "Link" && field.StartsWith("Input.", StringComparison.Ordinal)) return [];
        if (way.Template == "/admin/subscriptions" && way.Handler is "Remove" or "Again" && field.StartsWith("Input.", StringComparison.Ordinal)) return [];
        if (type == typeof(Guid)) return KeysFor(way, role, field, other).Select(id => ($"{id}", $"{Guid.NewGuid()}"));
        if (type == typeof(int)) return [($"{other.Ticket.Number}", Nowhere)];
        if (type == typeof(System.Text.Json.JsonElement)) return Records(field, other.Twin).Zip(Records(field, null));
        if (type != typeof(string)) return [];
        // a program's answer shows what was written before it
        if (field == "text" && way.RouteValues.Contains("number")) return [];
        var (slug, key) = (other.Twin.Client.Slug, Guid.NewGuid());
        if (way.Method != "GET" && field is "Text" or "Input.Text" or "text") return [($"{other.Reference} {TwinWorld.Bait}", $"BIR-{Nowhere} otherwhere")];
        if (field == "Input.Whose") return [($"client.{slug}", "client.nobody")];
        if (field is "contact" or "site" or "device") return [($"{(field == "contact" ? other.Twin.Employee.Id.Value : field == "site" ? other.Twin.Site.Id.Value : other.Twin.Laptop.Id.Value)}", $"{key}")];
        if (field == "caller") return [($"{slug}.{other.Twin.Employee.Id}", $"{slug}.{key}"), ($"acorn.{other.Twin.Employee.Id}", $"acorn.{key}"), ($"{slug}.{other.Twin.Employee.Id}", $"nobody.{key}")];
        if (field is "client" or "Client" or "Input.Client" or "Input.Clients") return [(slug, "nobody")];
        if (field is "back" or "token" or "Token" or "Back") return [($"/c/{slug}", "/c/nobody"), ($"{other.Ticket.Id}", $"{key}")];
        if (field.Contains('[', StringComparison.Ordinal)) return [(field.Contains("ite", StringComparison.Ordinal) ? $"{other.Twin.Site.Id}" : $"{other.Twin.Laptop.Id}", $"{key}")];
        if (way.Method != "GET") return [(other.Reference, $"BIR-{Nowhere}")];
        return [(other.Reference, $"BIR-{Nowhere}"), (other.Slug, "only-nobody"), (TwinWorld.Bait, "otherwhere"), ($"{other.Twin.Laptop.Id}", $"{other.Twin.Laptop.Id}"[..^4] + "ffff")];
    }

    // records that lean on something of the other twin, or on nothing there is
    private static IEnumerable<string> Records(string list, World.Twin? other) => list switch
    {
        "people" => [$$$"""[{"ref":"px","name":"Pat","email":"pat@acorn.example","site":"{{{other?.Site.Id.Value ?? Guid.NewGuid()}}}"}]"""],
        "devices" => [$$$"""[{"ref":"dx","name":"DX","kind":"laptop","person":"{{{other?.Employee.Id.Value ?? Guid.NewGuid()}}}"}]"""],
        "tickets" => [$$$"""[{"ref":"tx","on":"2026-01-05","person":"{{{other?.Employee.Id.Value ?? Guid.NewGuid()}}}","subject":"Old","text":"Old","resolution":{"after":"1h","summary":"Done"}}]"""],
        _ => [],
    };

    private static IEnumerable<Guid> KeysFor(Way way, string role, string field, Things other) => field switch
    {
        "id" when way.Template == "/admin/subscriptions" => [TwinWorld.DeliveryOf(other.Twin.Id), TwinWorld.SubscriptionOf(other.Twin.Id)],
        "id" when way.Template == "/desk/outbox" => [other.Failed, other.Uncertain],
        "id" when way.Template == "/desk/approvals" => [.. other.Approvals.Values],
        "id" when way.Template == "/admin/readiness" => [other.Baseline],
        "id" when way.Template.EndsWith("/secrets", StringComparison.Ordinal) => other.Secrets,
        "id" when way.Template.StartsWith("/admin/people", StringComparison.Ordinal) => [other.Spare.Id.Value, other.Twin.Employee.Id.Value],
        "Id" when way.Template == "/admin/knowledge" => [other.Runbook],
        "id" when way.Template.EndsWith("/escalation", StringComparison.Ordinal) => [other.EscalationOf(way)],
        "id" when way.Template.StartsWith("/admin/on-call", StringComparison.Ordinal) || way.Template.StartsWith("/admin/channels", StringComparison.Ordinal) => [other.Ticket.Id.Value],
        "Shift.First" or "Shift.Second" or "Shift.Third" => [other.Twin.Employee.Id.Value],
        "id" when way.Template == "/admin/contracts/{client}" => [other.ClauseDraft, other.Clause],
        "Of" => [other.Clause, other.ClauseDraft],
        // who types a free draft id has a draft by that name from then on: each role takes one of its own
        "Draft" => [way.Handler is null ? other.Drafts.GetValueOrDefault($"typed {role}", other.DraftOf(way)) : other.DraftOf(way)],
        "Attempt" => [other.AttemptOf(way).Id.Value, other.Attempts[""].Id.Value],
        "f-who" => [other.Twin.Employee.Id.Value],
        "f-which" => [other.Twin.Laptop.Id.Value],
        "Input.Site" => [other.Twin.Site.Id.Value],
        "Key" or "Input.Key" => [other.Ticket.Id.Value],
        "Input.Staff" => [other.Twin.Employee.Id.Value],
        "file" => [other.Attachment],
        _ => other.Ids,
    };

    public static string Unknown(string name, string foreign) => Guid.TryParse(foreign, out _) ? Guid.NewGuid().ToString() : name switch
    {
        "number" => Nowhere, "reference" => $"BIR-{Nowhere}", "prefix" => "QQQ", _ => "nosuchthing",
    };
}
