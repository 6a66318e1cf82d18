using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;

namespace TenantPortal.Web.Features.Contracts;

/// <summary>One client's clauses as they count, the drafts with their test cases, and what no clause speaks of.</summary>
internal sealed class RegisterPage(ReadContracts contracts, ApproveClause approve, AskReplay replay, WithdrawClause withdraw, CopyClause copy, TryOnTicket tryOn, TimeProvider time, IStringLocalizer<Words> words) : PageModel
{
    public ContractRegister Register { get; private set; } = null!;
    public string? Problem { get; private set; }
    [TempData] public string? Done { get; set; }
    public IReadOnlyList<Client> Others => contracts.Others(Register.Client);
    /// <summary>The draft that is tried on one ticket, and how that came out; null where the client has no such ticket.</summary>
    [BindProperty(SupportsGet = true)] public Guid? Draft { get; set; }
    [BindProperty(SupportsGet = true)] public string? Ticket { get; set; }
    public TriedTicket? Tried { get; private set; }
    public bool MayApprove => approve.MayApprove;

    public async Task<IActionResult> OnGetAsync(string client, CancellationToken cancel)
    {
        if (!await LoadAsync(client, cancel)) return NotFound();
        if (Register.Drafts.FirstOrDefault(d => d.Version.Id == Draft)?.Version is { } draft && !string.IsNullOrWhiteSpace(Ticket)) Tried = await tryOn.RunAsync(Register.Client, draft, Ticket, cancel);
        return Page();
    }

    public Task<IActionResult> OnPostReplayAsync(string client, Guid id, CancellationToken cancel) => DoAsync(client, of => replay.RunAsync(of.Id, id, time.GetUtcNow(), cancel), words["ReplayStarted"], cancel);

    public Task<IActionResult> OnPostWithdrawAsync(string client, Guid id, string? why, CancellationToken cancel) => DoAsync(client, of => withdraw.RunAsync(of, id, why, cancel), words["WithdrawAsked"], cancel);

    public async Task<IActionResult> OnPostCopyAsync(string client, Guid id, List<string?> to, CancellationToken cancel)
    {
        if (contracts.BySlug(client) is not { } of) return NotFound();
        var (copied, refused) = await copy.RunAsync(of, id, to, cancel);
        if (copied.Count > 0) Done = words["Copied", string.Join(", ", copied.Select(c => c.Name))];
        if (refused.Count == 0) return Redirect($"/admin/contracts/{of.Slug}");
        Problem = string.Join(' ', refused.Select(r => r.Sentence));
        return await LoadAsync(client, cancel) ? Page() : NotFound();
    }

    private async Task<IActionResult> DoAsync(string client, Func<Client, Task<Refusal?>> verb, string done, CancellationToken cancel)
    {
        if (contracts.BySlug(client) is not { } of) return NotFound();
        Problem = (await verb(of))?.Sentence;
        if (Problem is not null) return await LoadAsync(client, cancel) ? Page() : NotFound();
        Done = done;
        return Redirect($"/admin/contracts/{of.Slug}");
    }

    public async Task<IActionResult> OnPostApproveAsync(string client, Guid id, CancellationToken cancel)
    {
        if (contracts.BySlug(client) is not { } of) return NotFound();
        var isWithdrawal = (await contracts.OfAsync(of, cancel)).Drafts.Any(d => d.Version.Id == id && d.Version.Rule.WithdrawnBecause is not null);
        Problem = (await approve.RunAsync(of.Id, id, cancel))?.Sentence;
        if (Problem is not null) return await LoadAsync(client, cancel) ? Page() : NotFound();
        Done = words[isWithdrawal ? "WithdrawalApproved" : "Approved"];
        return Redirect($"/admin/contracts/{of.Slug}");
    }

    /// <summary>The clause as the sentence that was filled in.</summary>
    public string Said(ClauseRule rule) => words[
        "Sentence", rule.System, rule.Sites.Count == 0 ? words["AnySite"].Value : Register.Where(rule.Sites), string.Join(words["Or"], rule.When.Select(w => words["When_" + w].Value)), words["Breadth" + rule.Breadth],
        rule.Priority, words["Clock" + rule.Clock], Length(rule.FirstReplyMinutes), Length(rule.ResolutionMinutes), words["Calendar" + rule.Calendar]]
        + (rule.NextReplyMinutes is { } next ? words["SentenceNext", Length(next)] : "") + (rule.Path is { } path ? words["SentenceCall", contracts.Callee(path)] : "");

    /// <summary>The reason that set a verdict's priority.</summary>
    public static string Why(Domain.Tickets.Verdict verdict) => verdict.Reasons.FirstOrDefault(r => r.Field == "priority")?.Sentence ?? "";

    private static string Length(int minutes) => minutes % 60 == 0 ? $"{minutes / 60} h" : minutes < 60 ? $"{minutes} min" : $"{minutes / 60} h {minutes % 60} min";

    private async Task<bool> LoadAsync(string slug, CancellationToken cancel)
    {
        if (contracts.BySlug(slug) is not { } client) return false;
        Register = await contracts.OfAsync(client, cancel);
        return true;
    }
}
