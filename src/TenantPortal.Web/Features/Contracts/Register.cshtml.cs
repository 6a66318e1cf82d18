using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;

namespace TenantPortal.Web.Features.Contracts;

/// <summary>One client's clauses as they count, the drafts with their test cases, and what no clause speaks of.</summary>
internal sealed class RegisterPage(ReadContracts contracts, ApproveClause approve, IStringLocalizer<Words> words) : PageModel
{
    public ContractRegister Register { get; private set; } = null!;
    public string? Problem { get; private set; }
    [TempData] public string? Done { get; set; }
    public bool MayApprove => approve.MayApprove;

    public async Task<IActionResult> OnGetAsync(string client, CancellationToken cancel) => await LoadAsync(client, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostApproveAsync(string client, Guid id, CancellationToken cancel)
    {
        if (contracts.BySlug(client) is not { } of) return NotFound();
        Problem = (await approve.RunAsync(of.Id, id, cancel))?.Sentence;
        if (Problem is not null) return await LoadAsync(client, cancel) ? Page() : NotFound();
        Done = words["Approved"];
        return Redirect($"/admin/contracts/{of.Slug}");
    }

    /// <summary>The clause as the sentence that was filled in.</summary>
    public string Said(ClauseRule rule) => words[
        "Sentence", rule.System, rule.Sites.Count == 0 ? words["AnySite"].Value : Register.Where(rule.Sites), string.Join(words["Or"], rule.When.Select(w => words["When_" + w].Value)), words["Breadth" + rule.Breadth],
        rule.Priority, words["Clock" + rule.Clock], Length(rule.FirstReplyMinutes), Length(rule.ResolutionMinutes), words["Calendar" + rule.Calendar]]
        + (rule.NextReplyMinutes is { } next ? words["SentenceNext", Length(next)] : "") + (rule.Path is { } path ? words["SentenceCall", path] : "");

    private static string Length(int minutes) => minutes % 60 == 0 ? $"{minutes / 60} h" : minutes < 60 ? $"{minutes} min" : $"{minutes / 60} h {minutes % 60} min";

    private async Task<bool> LoadAsync(string slug, CancellationToken cancel)
    {
        if (contracts.BySlug(slug) is not { } client) return false;
        Register = await contracts.OfAsync(client, cancel);
        return true;
    }
}
