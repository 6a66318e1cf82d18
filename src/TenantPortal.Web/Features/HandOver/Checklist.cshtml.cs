using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.HandOver;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Knowledge;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.HandOver;

public sealed class ChecklistInput
{
    /// <summary>By the step's id: Worked, Didnt or Couldnt.</summary>
    public Dictionary<string, string?> Answers { get; set; } = [];
    public Dictionary<string, string?> Findings { get; set; } = [];
    public DeskOutcome? Outcome { get; set; }
    public string? Comment { get; set; }
}

/// <summary>A guide run by an engineer on a ticket: its steps are ticked off, and the ticks are the attempt.</summary>
internal sealed class ChecklistPage(HandOff handOff, ReadGuide guides, RecordWork work, ClientDirectory clients, Me me, TimeProvider time, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty] public ChecklistInput Input { get; set; } = new();
    public Client Client { get; private set; } = null!;
    public HandOffView HandOff { get; private set; } = null!;
    public ReadableGuide Guide { get; private set; } = null!;
    public string? Problem { get; private set; }
    public string Address => $"/desk/tickets/{HandOff.Reference}";

    public async Task<IActionResult> OnGetAsync(string reference, string slug, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, slug, cancel)) return NotFound();
        if (await work.OpenAsync(HandOff.Ticket, Guide.VersionHash, cancel) is not { } open) return Page();
        foreach (var step in open.Steps) (Input.Answers[step.Id], Input.Findings[step.Id]) = (step.Answer.ToString(), step.Finding);
        (Input.Outcome, Input.Comment) = (open.Outcome, open.Comment);
        return Page();
    }

    public async Task<IActionResult> OnPostTickAsync(string reference, string slug, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, slug, cancel)) return NotFound();
        var outcome = Input.Outcome is { } chosen && Enum.IsDefined(chosen) ? chosen : DeskOutcome.StillOpen;
        if (await work.ChecklistAsync(HandOff.Ticket, Guide, [.. Ticks()], outcome, Input.Comment, cancel) is { } refusal)
        {
            Problem = refusal.Sentence;
            return Page();
        }
        TempData["Done"] = words["TicksDone", Guide.Title].Value;
        return Redirect($"{Address}#tried");
    }

    public StepAnswer? AnswerOf(string step) => Enum.TryParse<StepAnswer>(Input.Answers.GetValueOrDefault(step), out var answer) && Enum.IsDefined(answer) ? answer : null;

    // in the guide's order; what the guide does not have is no step
    private IEnumerable<TickedStep> Ticks()
    {
        foreach (var step in Guide.Steps)
            if (AnswerOf(step.Id) is { } answer) yield return new(step.Id, step.Title, step.MinTier, answer, Input.Findings.GetValueOrDefault(step.Id) is { } found && !string.IsNullOrWhiteSpace(found) ? CleanText.Of(found.Trim()) : null, time.GetUtcNow());
    }

    private async Task<bool> LoadAsync(string reference, string slug, CancellationToken cancel)
    {
        if (TicketReference.Parse(reference, clients) is not { } parsed || await handOff.RunAsync(parsed.Client.Id, parsed.Number, cancel) is not { } view) return false;
        var ticket = view.Ticket;
        if (await guides.RunAsync(slug, new(ticket.TenantId, me.ReadsAsTier, ticket.ContactId, ticket.SiteId, ticket.DeviceId), cancel) is not { } guide) return false;
        (Client, HandOff, Guide) = (parsed.Client, view, guide);
        return true;
    }
}
