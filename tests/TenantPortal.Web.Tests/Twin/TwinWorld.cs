using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.People;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Tests.Twin;

/// <summary>Ids of one twin's things, by the word that addresses use for them. Tickets, attempts, drafts and messages are there once for every form that uses one up.</summary>
public sealed record Things(World.Twin Twin, Contact Spare, IReadOnlyDictionary<string, Ticket> Tickets, IReadOnlyDictionary<string, Attempt> Attempts, IReadOnlyDictionary<string, Guid> Drafts, Guid Attachment, Guid Runbook, string Slug, Guid RequestType, string RequestSlug, Guid Failed, Guid Uncertain, Guid Notice, Guid Message, Guid Clause, Guid ClauseDraft, IReadOnlyDictionary<string, Guid> Approvals, Guid Baseline, IReadOnlyDictionary<string, Guid> Escalations, IReadOnlyDictionary<string, string> Tokens, IReadOnlyList<Guid> Secrets)
{
    public Ticket Ticket => Tickets[""];
    public string Reference => $"{Twin.Client.TicketPrefix}-{Ticket.Number}";
    public IEnumerable<Guid> Ids => [Twin.Employee.Id.Value, Twin.Site.Id.Value, Twin.Laptop.Id.Value, Ticket.Id.Value, Attachment, Runbook, RequestType, Failed, Notice, Message, Clause, ClauseDraft, .. Approvals.Values, Baseline, Drafts[""], Attempts[""].Id.Value, Twin.Id.Value];

    public Ticket TicketOf(Way way) => Tickets.GetValueOrDefault(Purpose(way), Ticket);
    public Attempt AttemptOf(Way way) => Attempts.GetValueOrDefault(Purpose(way), Attempts[""]);
    public Guid DraftOf(Way way) => Drafts.GetValueOrDefault(Purpose(way), Drafts[""]);

    /// <summary>What a form about escalation names: a call, or a step that asks.</summary>
    public Guid EscalationOf(Way way) => Escalations.GetValueOrDefault(Purpose(way), Escalations[""]);
    public string TokenOf(Way way) => Tokens.GetValueOrDefault(way.Method, Tokens["GET"]);

    private static string Purpose(Way way) => way.Template.EndsWith("/identity", StringComparison.Ordinal) ? $"identity {way.Handler?.ToLowerInvariant()}".Trim() : way.Method == "GET" ? "" : way.Template.EndsWith("/pass-on", StringComparison.Ordinal) ? $"pass-on {way.Handler?.ToLowerInvariant()}" : way.IsOfPrograms ? $"api {way.Template[(way.Template.LastIndexOf('/') + 1)..]}" : $"{(way.Template.StartsWith("/desk", StringComparison.Ordinal) ? "desk" : way.Template[(way.Template.LastIndexOf('/') + 1)..].Replace("{number:int}", "own", StringComparison.Ordinal))} {way.Handler?.ToLowerInvariant()}".Trim();
}

/// <summary>Fills every table of both twins; in Birch every text carries the canary, its numbers and slugs exist nowhere else.</summary>
public static class TwinWorld
{
    /// <summary>A word beside every canary: who searches for it must not be led to Birch. Canaries themselves are never typed, so none can come back as an echo.</summary>
    public const string Bait = "heronsgate";
    private const string Hash = "0123456789abcdef";

    public static async Task<Things> FillAsync(Portal portal, World.Twin twin, string mark, int numbersFrom)
    {
        string Text(string text) => mark.Length == 0 ? text : $"{text} {Bait} {mark}";
        var now = DateTimeOffset.UnixEpoch.AddDays(20_700);
        var id = twin.Id;
        await portal.AsAsync(id, async services =>
        {
            var db = services.GetRequiredService<PortalDb>();
            db.Add(new TicketCounter { TenantId = id, LastNumber = numbersFrom });
            db.Add(new Software { TenantId = id, Name = Text("Ledger"), Vendor = Text("Vendor"), Version = Text("7"), Portal = $"https://portal.example/{mark}", OnAllDevices = true, ExternalRef = Text("sw") });
            db.Add(new Printer { TenantId = id, Name = Text("Printer"), Model = Text("Laser"), Address = Text("10.0.0.9"), Location = Text("Hall"), SiteId = twin.Site.Id, IsDefault = true });
            db.Add(new VpnProfile { TenantId = id, Name = Text("Office"), App = Text("Tunnel"), Gateway = Text("vpn.example"), SiteId = twin.Site.Id });
            db.Add(new RecentChange { TenantId = id, What = Text("Router changed"), Kind = ChangeKind.Network, At = now, SiteId = twin.Site.Id, By = Text("Ines") });
            db.Add(new NamedSystem { TenantId = id, ExternalRef = Text("till"), Name = Text("Tills"), Everyday = [Text("kassa")], IsCritical = true });
            db.Add(new ClientLook { TenantId = id, Phone = "01632 960000", Hours = "9 to 5", Welcome = Text("Welcome"), Notice = Text("Notice") });
            var contract = new Contract { TenantId = id, Name = Text("Gold"), Tier = Text("gold"), StartsOn = new(2026, 1, 1), Hours = new("Europe/London", new Dictionary<string, IReadOnlyList<string>> { ["mon"] = ["09:00-17:00"], ["tue"] = ["09:00-17:00"], ["wed"] = ["09:00-17:00"], ["thu"] = ["09:00-17:00"], ["fri"] = ["09:00-17:00"] }, []), Targets = [.. Enum.GetValues<Priority>().Select(p => new PriorityTarget(p, 60, 480, CalendarChoice.Client))] };
            db.Add(contract);
            await db.SaveChangesAsync();
            db.Add(new Clause { TenantId = id, Id = ClauseOf(id), ContractId = contract.Id, Title = Text("Till outage"), System = Text("Tills"), When = ["down"], Priority = Priority.P1, FirstReplyMinutes = 60, ResolutionMinutes = 240, Path = "ines", Quote = Text("Tills are answered within the hour"), Page = Text("7") });
            db.Add(new ClauseVersion
            {
                TenantId = id, ClauseId = Guid.CreateVersion7(), ContractId = contract.Id, Number = 1, BasedOn = 0, AuthorId = Guid.CreateVersion7(), AuthorName = Text("Anna"), CreatedAt = now, Cases = [new(Text("The kassa is slow"), true), new(Text("How do I order toner"), false)],
                Rule = new() { Title = Text("Slow tills"), System = Text("Tills"), When = ["slow"], Priority = Priority.P2, FirstReplyMinutes = 60, ResolutionMinutes = 240, Quote = Text("Slow tills are looked at within the hour") },
            });
            db.Add(new TriageRuleSet { TenantId = id, CreatedAt = now, Rules = Rules() });
            db.Add(new GlossaryTerm { TenantId = id, Term = Text("VPN"), Same = [Text("tunnel")], Meaning = Text("A way in") });
            db.Add(new VariableValue { TenantId = id, Level = VariableLevel.Client, Name = Text("gate"), Value = Text("vpn.example") });
            await db.SaveChangesAsync();
        });
        return await portal.AsAsync(id, services => PeopleAndTicketsAsync(services, twin, Text, mark, now));
    }

    // a second person is needed on these
    private static readonly string[] Decisions = ["approve", "refuse", "withdraw", "look"], Guarded = ["desk approval", "desk alone", .. Decisions];

    // what one visit of a form changes, so that no other form may stand on it
    private static readonly string[] UsedUp = ["identity", "identity callback", "identity code", "pass-on pass", "pass-on tried", "pass-on ask", "desk tick", "own reply", "own close", "own reopen", "complete", "guide answer", "guide ask", "guide back", "guide close", "desk take", "desk assign", "desk reply", "desk note", "desk resolve", "desk reopen", "desk ask", "desk fill", "desk hold", "desk resume", "desk judge", "desk acknowledge", "desk accept", "desk decline", "desk promise", "api messages", "api take", "api reply", "api notes", "api resolve", "api reopen", .. Guarded];

    private static async Task<Things> PeopleAndTicketsAsync(IServiceProvider services, World.Twin twin, Func<string, string> text, string mark, DateTimeOffset now)
    {
        var db = services.GetRequiredService<PortalDb>();
        var id = twin.Id;
        var by = new Actor(ActorKind.Contact, twin.Employee.Id.Value, twin.Employee.Name);
        var engineer = new Actor(ActorKind.Staff, Guid.NewGuid(), text("Priya"));
        using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text("a plain text file")));
        var type = new RequestType { TenantId = id, Id = Guid.CreateVersion7(), Slug = $"access-{twin.Client.Slug}", Title = text("Access"), Summary = text("Ask for access"), Category = "other/question", Group = text("People"), Icon = "key", Fields = [new("why", text("Why"), FieldType.Text, true, text("Help"), [], null, []), new("who", text("Who"), FieldType.Person, false, null, [], null, []), new("which", text("Which"), FieldType.Device, false, null, [], null, [])] };
        db.Add(type);
        var stored = new StoredFile { TenantId = id, MediaType = "text/plain", Size = bytes.Length, Sha256 = System.Security.Cryptography.SHA256.HashData(bytes.ToArray()), CreatedAt = now };
        db.Add(stored);
        await db.SaveChangesAsync();
        db.Add(new StoredFileChunk { TenantId = id, FileId = stored.Id, Number = 0, Bytes = bytes.ToArray() });
        await db.SaveChangesAsync();
        var spare = new Contact { TenantId = id, Name = text("Sid Spare"), Email = $"spare{mark}@{twin.Client.Slug}.example", NormalizedEmail = $"spare{mark}@{twin.Client.Slug}.example", SiteId = twin.Site.Id };
        db.Add(spare);
        var first = await OpenAsync(services, twin, text("Mail keeps asking for the password"), stored.Id, text, isComplete: false);
        var tickets = new Dictionary<string, Ticket> { [""] = first };
        foreach (var purpose in UsedUp) tickets[purpose] = await OpenAsync(services, twin, text(Guarded.Contains(purpose) ? $"A phishing mail, {purpose}" : $"Printer is offline, {purpose}"), null, text, isComplete: purpose.EndsWith("reopen", StringComparison.Ordinal) || purpose is "desk resolve" or "api resolve" or "desk hold" or "desk resume");
        var change = services.GetRequiredService<ChangeTicket>();
        await change.RunAsync(first.Id, (t, at) => t.StaffReplies(text("Please try again"), false, Channel.Portal, engineer, at), default);
        await change.RunAsync(first.Id, (t, at) => { t.Note(text("Internal only"), new(engineer.Id!.Value), engineer, at); return null; }, default);
        await change.RunAsync(first.Id, (t, at) => { t.Note(text($"one password: Reveal-{mark}2024! and another, password: Undo-{mark}2025!"), new(engineer.Id!.Value), engineer, at); return null; }, default);
        foreach (var purpose in new[] { "desk hold", "desk resume" }) Assert.Null(await change.RunAsync(tickets[purpose].Id, (t, at) => t.StaffReplies(text("Please try again"), purpose == "desk resume", Channel.Portal, engineer, at), default));
        foreach (var purpose in UsedUp.Where(p => p.EndsWith("reopen", StringComparison.Ordinal))) Assert.Null(await change.RunAsync(tickets[purpose].Id, (t, at) => t.Resolve(new(text("Fixed"), text("Cause"), text("Around"), text("Fix"), text("Prevent")), null, engineer, at), default));
        var approvals = new Dictionary<string, Guid>();
        foreach (var decision in Decisions) approvals[decision] = await ApprovalAsync(services, twin, tickets[decision], decision, text);
        var runbook = Guid.CreateVersion7();
        var attempts = new Dictionary<string, Attempt> { [""] = new() { TenantId = id, TicketId = first.Id, RunbookId = Guid.CreateVersion7(), VersionHash = "h", Title = text("Reset the password"), Number = 1, StartedAt = now, LastAnswerAt = now, Outcome = AttemptOutcome.Failed, EndedAt = now, Steps = [new("one", text("Open the page"), StepAnswer.Didnt, now)], Comment = text("no luck") } };
        foreach (var purpose in UsedUp.Where(p => p.StartsWith("guide", StringComparison.Ordinal)))
        {
            var isAtEnd = purpose is "guide back" or "guide close";
            attempts[purpose] = new() { TenantId = id, TicketId = tickets[purpose].Id, RunbookId = runbook, VersionHash = text(Hash), Title = text("Office tunnel"), Number = 1, StartedAt = now, OpenedAt = now, LastAnswerAt = now, Steps = [new("one", text("Open it"), isAtEnd ? StepAnswer.Worked : null, isAtEnd ? now : null)], CurrentStep = isAtEnd ? "" : "one" };
        }
        var drafts = new[] { "", "report", "report discard", "report drop", "effect", "confirm", "typed anonymous", "typed employee", "typed company manager" }.ToDictionary(p => p, _ => Guid.CreateVersion7());
        var outbox = new OutboxMessage { TenantId = id, TicketId = first.Id, Stage = "received", Recipient = twin.Employee.Email, Occurrence = "twin", Subject = text("Subject"), MessageId = $"<{mark}@x>", Bytes = System.Text.Encoding.UTF8.GetBytes(text("mail")), State = OutboxState.Failed, CreatedAt = now, Error = text("refused") };
        var notice = new StaffNotice { TenantId = id, StaffId = Guid.NewGuid(), TicketId = first.Id, Kind = "reply", Sentence = text("replied"), At = now };
        var uncertain = new OutboxMessage { TenantId = id, TicketId = first.Id, Stage = "received", Recipient = twin.Employee.Email, Occurrence = "twin again", Subject = text("Subject"), MessageId = $"<again{mark}@x>", Bytes = System.Text.Encoding.UTF8.GetBytes(text("mail")), State = OutboxState.Uncertain, CreatedAt = now, Error = text("no answer") };
        db.Add(new Domain.HandOver.DeskAttempt { TenantId = id, TicketId = first.Id, Number = 1, Title = text("Renewed the token"), MinTier = 0, StaffId = new(engineer.Id!.Value), StaffName = text("Priya"), StartedAt = now, EndedAt = now, Outcome = Domain.HandOver.DeskOutcome.Failed, Steps = [], Comment = text("no change") });
        await db.Contacts.Where(c => c.TenantId == id && c.Id == twin.Employee.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.Phone, text("01632 960009")));
        foreach (var purpose in UsedUp.Where(p => p.StartsWith("identity", StringComparison.Ordinal)))
        {
            await db.Tickets.Where(t => t.TenantId == id && t.Id == tickets[purpose].Id).ExecuteUpdateAsync(t => t.SetProperty(x => x.IsUnverified, true));
            db.Add(new LockedOut { TenantId = id, TicketId = tickets[purpose].Id, Name = twin.Employee.Name, Key = text(purpose), Phone = text("01632 960010"), LastAskedAt = now, CodeTo = text("Mara") });
        }
        db.Add(new TicketFollower { TenantId = id, TicketId = first.Id, ContactId = twin.Manager.Id, AddedBy = text("Priya"), AddedAt = now });
        var till = new Contact { TenantId = id, Name = text("Till"), Email = $"till{mark}@{twin.Client.Slug}.example", NormalizedEmail = $"till{mark}@{twin.Client.Slug}.example", SiteId = twin.Site.Id, IsShared = true };
        db.Add(till);
        await db.SaveChangesAsync();
        db.Add(new SiteCode { TenantId = id, ContactId = till.Id, SiteId = twin.Site.Id, CodeHash = text("hash"), MadeBy = text("Olive"), MadeAt = now });
        db.AddRange(outbox, uncertain, notice);
        db.AddRange(attempts.Values);
        db.AddRange(drafts.Values.Select(draft => new ReportDraft { TenantId = id, Id = draft, ContactId = twin.Employee.Id.Value, Form = $$"""{"text":"{{text("half a report")}}","impact":"One","urgency":"Question"}""", UpdatedAt = now }));
        var slug = $"only-{twin.Client.Slug}";
        db.Add(Guide(id, runbook, slug, text, now));
        db.Add(new RunbookVersion { TenantId = id, RunbookId = runbook, Number = 1, Slug = slug, Title = text("Office tunnel"), Category = "network/vpn", Hash = text("hash"), Source = text("source"), State = RunbookState.Published, AuthorName = text("Anna"), CreatedAt = now });
        db.Add(new PackMedia { TenantId = id, Pack = $"pack-{twin.Client.Slug}", Name = $"picture-{twin.Client.Slug}.svg", MediaType = "image/svg+xml", Bytes = System.Text.Encoding.UTF8.GetBytes($"<svg xmlns=\"http://www.w3.org/2000/svg\"><title>{text("picture")}</title></svg>") });
        db.Add(new SearchLog { TenantId = id, At = now, PersonKind = "Contact", PersonId = twin.Employee.Id.Value, Text = text("words"), Hits = 1, Place = "search" });
        db.Add(new GuideEvent { TenantId = id, At = now, ContactId = twin.Employee.Id.Value, RunbookId = runbook, VersionHash = "h", Kind = "opened" });
        db.Add(new LearnedTicket { TenantId = id, TicketId = first.Id, RunbookId = runbook, ContactId = twin.Employee.Id, Words = [text("words")], At = now });
        db.Add(new IndexPack { TenantId = id, Generation = 1, Bytes = System.Text.Encoding.UTF8.GetBytes(text("pack")), MadeAt = now });
        db.Add(new ClientEvent { TenantId = id, Kind = text("published"), ActorName = text("Anna"), At = now });
        var profile = await services.GetRequiredService<Features.Triage.ClientProfiles>().OfAsync(id, db, TimeProvider.System.GetUtcNow(), default);
        db.AddRange((await db.ClauseVersions.Select(v => v.Id).ToListAsync()).Select(version => new RuleReplay { TenantId = id, VersionId = version, RulesHash = profile.RulesHash, State = ReplayState.Done, Total = 1, Done = 1, AskedAt = now, EndedAt = now, Changes = RuleChanges.Of(1, [new(first.Number, Priority.P3, Priority.P2, null, text("Slow tills"), null, text("ines"), RiskTags.None, RiskTags.None, "service-desk", "service-desk", false, true)]) }));
        db.Add(new EventSubscription { TenantId = id, Id = SubscriptionOf(id), Name = text("PSA"), Address = "https://psa.example/hooks", Events = ToldEvents.None, SealedSecret = text("sealed"), ByName = text("Olive"), MadeAt = now });
        db.Add(new ApiCall { TenantId = id, TokenId = Guid.CreateVersion7(), Key = text("key"), RequestHash = [1], At = now });
        db.Add(new Baseline { TenantId = id, Figures = new(now, now, 1, 60, 0, 0, 0, 0), OwnerId = Guid.CreateVersion7(), OwnerName = text("Sam"), MadeAt = now });
        if (!await db.Generations.AnyAsync()) db.Add(new KnowledgeGeneration { TenantId = id, Generation = 1 });
        await db.SaveChangesAsync();
        db.Add(new EventDelivery { TenantId = id, Id = DeliveryOf(id), SubscriptionId = SubscriptionOf(id), EventId = 1, TicketId = first.Id, Type = text("ticket.opened"), Body = text("{}"), State = DeliveryState.Failed, Attempts = 1, CreatedAt = now, Error = text("no answer") });
        await db.SaveChangesAsync();
        var (escalations, tokens) = await EscalateAsync(services, twin, tickets, text, mark, now);
        var message = await db.Messages.Select(m => m.Id.Value).FirstAsync();
        var attachment = await db.Attachments.Select(a => a.Id).FirstAsync();
        return new(twin, spare, tickets, attempts, drafts, attachment, runbook, slug, type.Id, type.Slug, outbox.Id, uncertain.Id, notice.Id, message, ClauseOf(id), await db.ClauseVersions.Where(v => v.State == ClauseState.Draft).Select(v => v.Id).FirstAsync(), approvals, await db.Baselines.Select(b => b.Id).FirstAsync(), escalations, tokens, await db.Secrets.OrderBy(s => s.Id).Select(s => s.Id).ToListAsync());
    }

    private static async Task<Guid> ApprovalAsync(IServiceProvider services, World.Twin twin, Ticket ticket, string decision, Func<string, string> text)
    {
        var nico = services.GetRequiredService<Infrastructure.Tenancy.StaffDirectory>().ByKey("nico")!;
        var author = new Actor(ActorKind.Staff, decision == "withdraw" ? nico.Id.Value : Guid.CreateVersion7(), text("Priya"));
        var id = Guid.Empty;
        Assert.Null(await services.GetRequiredService<ChangeTicket>().WithRowsAsync(twin.Id, ticket.Id, (t, at) =>
        {
            var approval = Approval.OfReply(t, text("Do not open it"), false, twin.Employee.Email, author, at);
            if (decision == "look") Assert.Null(approval.BreakGlass(t, text("Nobody was there"), author, at));
            services.GetRequiredService<PortalDb>().Add(approval);
            id = approval.Id;
            return Task.FromResult<Domain.Tenancy.Refusal?>(null);
        }, default));
        return id;
    }

    /// <summary>The provider's own rota, which belongs to no client.</summary>
    public const string Rota = "twin-rota";

    private static async Task<(Dictionary<string, Guid> Ids, Dictionary<string, string> Tokens)> EscalateAsync(IServiceProvider services, World.Twin twin, Dictionary<string, Ticket> tickets, Func<string, string> text, string mark, DateTimeOffset now)
    {
        await using (var directory = await services.GetRequiredService<IDbContextFactory<DirectoryDb>>().CreateDbContextAsync())
        {
            if (!await directory.Rotas.AnyAsync()) directory.Add(new Domain.Escalation.Rota { Key = Rota, Name = "Twin rota", TimeZone = "Europe/London", Shifts = [.. Enum.GetValues<DayOfWeek>().Select(day => new Domain.Escalation.Shift([day], new(8, 0), new(18, 0), []))] });
            await directory.SaveChangesAsync();
        }
        await services.GetRequiredService<Infrastructure.Tenancy.OnCallDirectory>().RefreshAsync(default);
        var db = services.GetRequiredService<PortalDb>();
        var (ids, tokens) = (new Dictionary<string, Guid>(), new Dictionary<string, string>());
        foreach (var purpose in new[] { "", "desk acknowledge", "desk accept", "desk decline", "desk note" })
        {
            var planned = new Domain.Escalation.PlannedStep("Path", now, new(1, Domain.Escalation.StepAction.Notify, "owner", Domain.Escalation.Autonomy.Ask), now);
            var step = Domain.Escalation.TakenStep.Of(tickets[purpose], planned, text("path"), Domain.Escalation.StepState.Asked, now);
            step.Came(text("asked"));
            var call = new Domain.Escalation.LeadCall { TenantId = twin.Id, TicketId = tickets[purpose].Id, StepId = step.Id, Number = 1, Role = "lead", StaffId = services.GetRequiredService<Infrastructure.Tenancy.StaffDirectory>().ByKey("priya")!.Id, StaffName = text("Nora"), Why = text("on the rota"), CalledAt = TimeProvider.System.GetUtcNow() };
            if (purpose is "desk acknowledge") call.GoOn(now.AddYears(9));
            db.Add(step);
            await db.SaveChangesAsync();
            db.Add(call);
            await db.SaveChangesAsync();
            ids[purpose] = purpose is "desk acknowledge" ? call.Id : step.Id;
            // whoever has a real link may open it: of the other twin only a forged one is known
            var token = services.GetRequiredService<Features.Escalation.CallLinks>().PathOf(call)["/desk/calls/".Length..];
            if (purpose is "" or "desk note") tokens[purpose.Length == 0 ? "GET" : "POST"] = mark.Length == 0 ? token : token[..^4] + "AAAA";
        }
        return (ids, tokens);
    }

    public static Guid SubscriptionOf(Domain.Tenancy.TenantId client) => new(System.Security.Cryptography.SHA256.HashData(client.Value.ToByteArray()).AsSpan(8, 16));

    public static Guid DeliveryOf(Domain.Tenancy.TenantId client) => new(System.Security.Cryptography.SHA256.HashData(client.Value.ToByteArray()).AsSpan(16, 16));

    private static Guid ClauseOf(Domain.Tenancy.TenantId client) => new(System.Security.Cryptography.SHA256.HashData(client.Value.ToByteArray()).AsSpan(0, 16));

    private static async Task<Ticket> OpenAsync(IServiceProvider services, World.Twin twin, string subject, Guid? file, Func<string, string> text, bool isComplete)
    {
        var report = new Report { Subject = subject, Text = $"{subject}\n{text("It says error 0x80070005")}", Channel = Channel.Portal, Impact = Impact.One, Urgency = Urgency.Slowed, AffectedSystem = text("Outlook"), Sensitivity = isComplete ? Sensitivity.None : null, SiteId = twin.Site.Id };
        var opened = await services.GetRequiredService<OpenTicket>().RunAsync(new()
        {
            Report = report, ContactId = twin.Employee.Id, DeviceId = twin.Laptop.Id, SubmissionKey = Guid.CreateVersion7(), By = new(ActorKind.Contact, twin.Employee.Id.Value, twin.Employee.Name),
            Files = file is { } one ? [new(one, text("log") + ".txt")] : [],
        }, default);
        return opened!.Ticket;
    }

    private static PublishedRunbook Guide(TenantId client, Guid runbook, string slug, Func<string, string> text, DateTimeOffset now) => new()
    {
        TenantId = client, RunbookId = runbook, VersionHash = text(Hash), Slug = slug, Title = text("Office tunnel"), Summary = text("How to get in"), Category = "network/vpn", MinTier = 0, Audience = [Audience.EndUser], PublishedAt = now, ApprovedBy = text("Anna"), ApprovedAt = now, Generation = 1,
        Content = new()
        {
            IntroductionHtml = $"<p>{text("Intro")}</p><img src=\"\uE004pack-{slug["only-".Length..]}/picture-{slug["only-".Length..]}.svg\" alt=\"\">", Symptoms = [text("cannot get in")], ErrorCodes = [], Prerequisites = [], Success = [], AppliesTo = Domain.Knowledge.AppliesTo.Anything, OpenVariables = new Dictionary<string, OpenVariable>(),
            Steps = [new("one", text("Open it"), $"<p>{text("Do")}</p>", $"<p>{text("See")}</p>", null, text("Do"), StepActor.EndUser, Domain.Knowledge.AppliesTo.Anything, 0, "next")],
        },
    };

    private static TriageRules Rules() => new()
    {
        CategoriesVersion = "1", MatrixVersion = "1", UrgentWords = ["down"], MildWords = ["training"], RiskTags = [new(RiskTags.Security, ["phishing"])],
        Categories = [new("other/question", "Question", "service-desk", "Other", [], ["question"], [], [EnvironmentField.Device])],
        Matrix = [.. Enum.GetValues<Impact>().SelectMany(i => Enum.GetValues<Urgency>().Select(u => new MatrixCell(i, u, Priority.P3)))],
    };
}
