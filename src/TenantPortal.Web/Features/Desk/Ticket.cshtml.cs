using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Approvals;
using TenantPortal.Web.Features.Escalation;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Desk;

public sealed class VerbInput
{
    public string? Text { get; set; }
    public bool Wait { get; set; }
    /// <summary>The question is meant, though its answer stands on the ticket.</summary>
    public bool Anyway { get; set; }
    public Guid? Staff { get; set; }
    public AssignReason? Assign { get; set; }
    public string? Reason { get; set; }
    public string? Summary { get; set; }
    public string? Cause { get; set; }
    public string? Workaround { get; set; }
    public string? Fix { get; set; }
    public string? Prevention { get; set; }
    public Impact? Impact { get; set; }
    public Urgency? Urgency { get; set; }
    public string? System { get; set; }
    public Sensitivity? Sensitivity { get; set; }
    public Priority? Priority { get; set; }
    public List<RiskTags> Tags { get; set; } = [];
    /// <summary>The lead who is asked.</summary>
    public Guid? Lead { get; set; }
    /// <summary>By the name of the environment field.</summary>
    public Dictionary<string, string?> Facts { get; set; } = [];
}

internal sealed class TicketPage(DeskTicket tickets, ChangeTicket change, AskApproval ask, ReadApprovals approvals, SuggestSteps suggest, ReadCard cards, Knowledge.GuideMentions mentions, ClientDirectory clients, StaffDirectory staff, Me me, TimeProvider time, IStringLocalizer<Words> words) : PageModel
{
    private const int LongestText = 20_000;

    [BindProperty] public VerbInput Input { get; set; } = new();
    public DeskTicketView View { get; private set; } = null!;
    public Client Client { get; private set; } = null!;
    /// <summary>Null where the path has nothing to show.</summary>
    public CardView? Card { get; private set; }
    public string? Problem { get; private set; }
    /// <summary>The form that comes back filled after a refusal.</summary>
    public string? Failed { get; private set; }
    /// <summary>What the reply asks although it is known; shown before anything is sent.</summary>
    public IReadOnlyList<AskedAgain> Flagged { get; private set; } = [];
    public DateTimeOffset Now { get; private set; }
    /// <summary>What waits for a second person; only guarded tickets have such.</summary>
    public IReadOnlyList<WaitingApproval> Waiting { get; private set; } = [];
    public IEnumerable<StaffMember> Leads => ask.Leads(Ticket.TenantId);
    [TempData] public string? Done { get; set; }

    public Ticket Ticket => View.HandOff.Ticket;
    public string Reference => View.HandOff.Reference;
    public ClockWords? Clock => ClockWords.Next(Ticket, Ticket.Targets, Now);
    /// <summary>Which default stands in for a promise or an answer that is missing.</summary>
    public string? FellBack =>
        Ticket.Targets.Exists(t => t.SetBy.StartsWith(ServiceTerms.WithoutContract, StringComparison.Ordinal)) ? "FellBackTimes"
        : Ticket.Verdict?.Reasons.Any(r => r is { Field: "priority", Rule: "default" }) == true && !Ticket.Verdict.ByPerson ? "FellBackPriority" : null;
    public StaffMember? Assignee => Ticket.AssigneeId is { } id ? staff.ById(id) : null;
    public bool IsMine => Ticket.AssigneeId == me.Staff.Id;
    public IEnumerable<StaffMember> Colleagues => staff.All.Where(s => s.IsActive && (s.Roles & StaffRoles.Engineer) != StaffRoles.None && s.Serves(Ticket.TenantId) && s.Id != Ticket.AssigneeId);
    public NextStep NextStep => NextStep.For(View.HandOff, IsMine, words);

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) => await LoadAsync(reference, cancel) ? Page() : NotFound();

    public Task<IActionResult> OnPostTakeAsync(string reference, CancellationToken cancel) =>
        ActAsync(reference, "take", (ticket, now) => ticket.Take(me.Staff.Id, me.AsActor(), now), () => words["Taken"], cancel);

    public Task<IActionResult> OnPostAssignAsync(string reference, CancellationToken cancel)
    {
        if (Input.Staff is not { } id || staff.ById(new(id)) is not { IsActive: true } to) return RefuseAsync(reference, "assign", words["AssignPick"], cancel);
        return ActAsync(reference, "assign", (ticket, now) => to.Serves(ticket.TenantId) ? ticket.Assign(to.Id, to.FirstName, Input.Assign, me.AsActor(), now) : new($"{to.FirstName} does not serve this client."), () => words["Assigned", to.FirstName], cancel);
    }

    public async Task<IActionResult> OnPostReplyAsync(string reference, CancellationToken cancel)
    {
        if (TextProblem() is { } problem) return await RefuseAsync(reference, "reply", problem, cancel);
        if (await FlaggedAsync(reference, cancel)) return Page();
        return await ActAsync(reference, "reply", (ticket, now) => ticket.StaffReplies(CleanText.Of(Input.Text!), Input.Wait, Channel.Portal, me.AsActor(), now), () => words["Sent"], cancel);
    }

    public Task<IActionResult> OnPostApprovalAsync(string reference, CancellationToken cancel) => SendForApprovalAsync(reference, null, () => words["ApprovalAsked"], cancel);

    public Task<IActionResult> OnPostAloneAsync(string reference, CancellationToken cancel) => SendForApprovalAsync(reference, Input.Reason ?? "", () => words["SentAlone"], cancel);

    public async Task<IActionResult> OnPostJudgeAsync(string reference, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel)) return NotFound();
        if (Input.Priority is not { } to || !Enum.IsDefined(to) || Input.Tags.Any(tag => !Enum.IsDefined(tag))) return await RefuseAsync(reference, "judge", words["JudgeUnreadable"], cancel);
        var (isAsked, refusal) = await ask.JudgeAsync(Ticket, to, Input.Tags.Aggregate(RiskTags.None, (all, tag) => all | tag), Input.Reason, Input.Lead is { } lead ? new(lead) : null, cancel);
        if (refusal is not null) return await RefuseAsync(reference, "judge", refusal.Sentence, cancel);
        Done = isAsked ? words["JudgeAsked", staff.ById(new(Input.Lead!.Value))?.FirstName ?? ""] : words["JudgeDone"];
        return Redirect($"/desk/tickets/{Reference}");
    }

    private async Task<IActionResult> SendForApprovalAsync(string reference, string? because, Func<string> done, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel)) return NotFound();
        if (TextProblem() is null && await FlaggedAsync(reference, cancel)) return Page();
        if ((TextProblem() ?? (await ask.ReplyAsync(Ticket, Input.Text!, Input.Wait, because, cancel))?.Sentence) is { } problem) return await RefuseAsync(reference, "reply", problem, cancel);
        Done = done();
        return Redirect($"/desk/tickets/{Reference}");
    }

    // a question whose answer stands on the ticket is shown to its writer first; counted, and whether it was sent all the same
    private async Task<bool> FlaggedAsync(string reference, CancellationToken cancel)
    {
        if (View is null && !await LoadAsync(reference, cancel)) return false;
        var again = AskedAgain.In(Input.Text!, View!.HandOff.Environment);
        if (again.Count == 0 || !Ticket.IsOpen) return false;
        await change.RunAsync(Client.Id, Ticket.Id, (ticket, now) => { ticket.Record(TicketEventKind.QuestionFlagged, me.AsActor(), now, ("fields", string.Join(", ", again.Select(a => a.Field))), ("sent", Input.Anyway ? "yes" : "no")); return null; }, cancel);
        if (Input.Anyway) return false;
        (Flagged, Failed) = (again, "reply");
        return true;
    }

    public string ValueOf(AskedAgain known) => known.Field switch { EnvironmentField.Affected => words["Impact" + known.Value], EnvironmentField.Sensitivity => words["Sensitivity" + known.Value], _ => known.Value };

    public async Task<IActionResult> OnPostNoteAsync(string reference, CancellationToken cancel)
    {
        if (TextProblem() is { } problem) return await RefuseAsync(reference, "note", problem, cancel);
        if (TicketReference.Parse(reference, clients) is not { } parsed || !me.Staff.Serves(parsed.Client.Id)) return NotFound();
        var tier = await mentions.TierOfAsync(parsed.Client.Id, Input.Text!, cancel);
        return await ActAsync(reference, "note", (ticket, now) => { ticket.Note(CleanText.Of(Input.Text!), me.Staff.Id, me.AsActor(), now, tier); return null; }, () => words["NoteSaved"], cancel);
    }

    public Task<IActionResult> OnPostResolveAsync(string reference, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(Input.Summary)) return RefuseAsync(reference, "resolve", words["SummaryMissing"], cancel);
        if (new[] { Input.Summary, Input.Cause, Input.Workaround, Input.Fix, Input.Prevention }.FirstOrDefault(t => t?.Length > LongestText) is { } long_) return RefuseAsync(reference, "resolve", words["TextTooLong", long_.Length], cancel);
        var resolution = new Resolution(Input.Summary.Trim(), Clean(Input.Cause), Clean(Input.Workaround), Clean(Input.Fix), Clean(Input.Prevention));
        return ActAsync(reference, "resolve", (ticket, now) => ticket.Resolve(resolution, null, me.AsActor(), now), () => words[Ticket.IsGuarded ? "ResolvedDoneOnly" : "ResolvedDone", View.HandOff.Person.FirstName], cancel);
    }

    public Task<IActionResult> OnPostReopenAsync(string reference, CancellationToken cancel) =>
        ActAsync(reference, "reopen", (ticket, now) => ticket.Reopen(Input.Reason, me.AsActor(), now), () => words["ReopenedDone"], cancel);

    public async Task<IActionResult> OnPostAskAsync(string reference, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel)) return NotFound();
        var (first, open) = (View.HandOff.Person.FirstName, View.HandOff.Ask);
        if (AskedAt(open) is { } at) return await RefuseAsync(reference, "ask", words["AskedAlready", first, Local(at)], cancel);
        var question = words["AskText", first, string.Join(", ", open.Select(key => words["AskFor" + key].Value))];
        return await ActAsync(reference, "ask", (ticket, now) => ticket.Ask(open, question, me.AsActor(), now), () => words["AskDone", first], cancel);
    }

    public async Task<IActionResult> OnPostFillAsync(string reference, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel)) return NotFound();
        var answers = new GivenAnswers(Input.Impact, Input.Urgency, View.HandOff.Systems.FirstOrDefault(s => s == Input.System) ?? Clean(CleanText.FirstLine(Input.System ?? "")), Input.Sensitivity, Input.Facts);
        return await ActAsync(reference, "fill", (ticket, now) => answers.Into(ticket, me.AsActor(), now), () => words["FillDone"], cancel);
    }

    // the same question is not asked twice in a row
    private DateTimeOffset? AskedAt(IReadOnlyList<string> open) =>
        View.Timeline.LastOrDefault(e => e.Event?.Kind == TicketEventKind.QuestionAsked || e.Message?.AuthorKind == ActorKind.Contact) is { Event: { } asked } && open.Count > 0 && asked.Detail.GetValueOrDefault("question") == string.Join(", ", open) ? asked.At : null;

    private async Task<IActionResult> ActAsync(string reference, string form, Func<Ticket, DateTimeOffset, Refusal?> verb, Func<string> done, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel)) return NotFound();
        if (await change.RunAsync(Client.Id, Ticket.Id, verb, cancel) is { } refusal) return await RefuseAsync(reference, form, refusal.Sentence, cancel);
        Done = done();
        return Redirect($"/desk/tickets/{Reference}");
    }

    private async Task<IActionResult> RefuseAsync(string reference, string form, string sentence, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel)) return NotFound();
        (Problem, Failed) = (sentence, form);
        return Page();
    }

    private async Task<bool> LoadAsync(string reference, CancellationToken cancel)
    {
        Now = time.GetUtcNow();
        if (TicketReference.Parse(reference, clients) is not { } parsed || await tickets.RunAsync(parsed, cancel) is not { } view) return false;
        (View, Client) = (view with { HandOff = await suggest.IntoAsync(view.HandOff, cancel) }, parsed.Client);
        if (Ticket.IsGuarded || Ticket.Verdict?.Clause is not null) Waiting = await approvals.OfAsync(Ticket, cancel);
        Card = await cards.RunAsync(Ticket, cancel);
        return true;
    }

    /// <summary>An instant in the client's own time, with the day where it is not today.</summary>
    public string Local(DateTimeOffset at)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Client.TimeZone);
        var (local, today) = (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(Now, zone));
        var culture = System.Globalization.CultureInfo.CurrentCulture;
        return local.Date == today.Date ? local.ToString("HH:mm", culture) : local.ToString(local.Year == today.Year ? "d MMM HH:mm" : "d MMM yyyy", culture);
    }

    /// <summary>A time that the latest reply names and nobody has promised yet.</summary>
    public DateTimeOffset? PromisedTime => Ticket.IsOpen && View.HandOff.Messages.LastOrDefault(m => m.AuthorKind == ActorKind.Staff) is { } said
        && Domain.Escalation.PromisedTime.In(said.Text, TimeZoneInfo.FindSystemTimeZoneById(Client.TimeZone), said.At) is { } at && at > Now && at != Ticket.NextUpdateAt ? at : null;

    /// <summary>The number to call with news: whoever could not sign in may not read mail.</summary>
    public string? CallBack => View.Timeline.Any(e => e.Event?.Kind == TicketEventKind.Verified) && Ticket.IsOpen ? View.HandOff.Person.Phone ?? words["NoPhone"] : null;

    public int? NumberOf(MessageId message) => View.HandOff.Messages.FirstOrDefault(m => m.Id == message)?.Number;

    public string ClockWordsOf(TicketTarget target) => ClockWords.For(target, Ticket.Rests, Now).Words;

    public string Sentence(TicketEvent happened)
    {
        var detail = happened.Detail;
        string Of(string key) => detail.GetValueOrDefault(key, "");
        return happened.Kind switch
        {
            TicketEventKind.VerdictGiven when happened.ActorKind == ActorKind.Staff => words["KindJudged", happened.ActorName, Of("priority"), Of("why")],
            TicketEventKind.VerdictGiven => words["KindVerdictGiven", Of("priority"), Of("category")],
            TicketEventKind.ApprovalAsked or TicketEventKind.ApprovalGiven or TicketEventKind.ApprovalWithdrawn => words[$"Kind{happened.Kind}{Of("kind")}", happened.ActorName],
            TicketEventKind.ApprovalRefused => words["KindApprovalRefused", happened.ActorName, Of("why")],
            TicketEventKind.GlassBroken => words["KindGlassBroken", happened.ActorName, Of("because")],
            TicketEventKind.VerdictSuggested => words["KindVerdictSuggested", Of("priority")],
            TicketEventKind.Alerted => words["KindAlerted", Of("sentence")],
            TicketEventKind.HandedOff => words["KindHandedOff", Of("reason")],
            TicketEventKind.Verified => words["KindVerified", happened.ActorName, Of("sentence")],
            TicketEventKind.PassedOn => words[Of("to").Length > 0 ? "KindPassedOnTo" : "KindPassedOn", happened.ActorName, Of("tier"), Of("queue"), Of("to")],
            TicketEventKind.Assigned => Of("reason") is { Length: > 0 } reason ? words["KindAssignedBecause", happened.ActorName, Of("to"), words["AssignReason" + reason]] : words["KindAssigned", happened.ActorName, Of("to")],
            TicketEventKind.Held => words["KindHeld", words["Hold" + Of("reason")], Of("what")],
            TicketEventKind.QuestionAsked => words["KindQuestionAsked", string.Join(", ", Of("question").Split(", ").Select(key => words["AskFor" + key].Value))],
            TicketEventKind.Escalated => words["KindEscalated", Of("sentence")],
            TicketEventKind.LeadCalled => words["KindLeadCalled", Of("to"), Of("number"), Of("why")],
            TicketEventKind.EscalationSettled => words[Of("accepted") == "yes" ? "KindEscalationAccepted" : "KindEscalationDeclined", happened.ActorName, Of("sentence")],
            TicketEventKind.UpdatePromised or TicketEventKind.UpdateMissed => words["Kind" + happened.Kind, happened.ActorName, DateTimeOffset.TryParse(Of("at"), System.Globalization.CultureInfo.InvariantCulture, out var at) ? Local(at) : ""],
            TicketEventKind.SecretHidden => words["KindSecretHidden", Of("what")],
            TicketEventKind.SecretRevealed or TicketEventKind.MaskUndone => words["Kind" + happened.Kind, happened.ActorName, Of("what"), Of("label"), Of("why")],
            _ => words["Kind" + happened.Kind, happened.ActorName],
        };
    }

    private string? TextProblem() => string.IsNullOrWhiteSpace(Input.Text) ? words["TextMissing"].Value : Input.Text.Length > LongestText ? words["TextTooLong", Input.Text.Length].Value : null;

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
