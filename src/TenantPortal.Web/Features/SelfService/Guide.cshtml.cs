using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>The guide of a request, one step a screen. All state is in the database, so it goes on in any browser.</summary>
internal sealed class GuidePage(ShowGuide show, FollowGuide follow, Me me, TimeProvider time, IStringLocalizer<Words> words) : PageModel
{
    public GuideView View { get; private set; } = null!;
    public Refusal? Refusal { get; private set; }
    public ClientTime Time { get; } = new(me.Client!, time.GetUtcNow());
    public string Reference => $"{me.Client!.TicketPrefix}-{View.Ticket.Number}";
    public string RequestPath => $"/c/{me.Client!.Slug}/requests/{View.Ticket.Number}";

    /// <summary>The attempt whose screen the answer came from, which need not be the current one any more.</summary>
    [BindProperty] public Guid Attempt { get; set; }
    [BindProperty] public string? Text { get; set; }
    /// <summary>The person has sent the request a moment ago and reads its number here first.</summary>
    [BindProperty(SupportsGet = true)] public bool Sent { get; set; }

    public async Task<IActionResult> OnGetAsync(int number, CancellationToken cancel)
    {
        if (await show.RunAsync(me.Contact.Id, number, cancel) is not { } view) return NotFound();
        View = view;
        if (!view.NeedsTurn || !view.Ticket.IsOpen) return Page();
        var looked = await follow.RunAsync(me.Contact.Id, number, view.Current.Id, new GuideInput.Look(), me.AsActor(), cancel);
        return await ShowAsync(number, looked.Refusal, cancel);
    }

    public Task<IActionResult> OnPostAnswerAsync(int number, string? step, StepAnswer? answer, CancellationToken cancel) =>
        TurnAsync(number, step is null || answer is not { } given || !Enum.IsDefined(given) ? null : new GuideInput.Answer(step, given), cancel);

    public Task<IActionResult> OnPostBackAsync(int number, CancellationToken cancel) => TurnAsync(number, new GuideInput.Back(), cancel);

    public Task<IActionResult> OnPostAskAsync(int number, CancellationToken cancel) => TurnAsync(number, new GuideInput.AskPerson(), cancel);

    public Task<IActionResult> OnPostCloseAsync(int number, ClosingAnswer? result, CancellationToken cancel) =>
        TurnAsync(number, result is not { } given || !Enum.IsDefined(given) ? null : new GuideInput.Close(given, Text), cancel);

    private async Task<IActionResult> TurnAsync(int number, GuideInput? input, CancellationToken cancel)
    {
        var answer = await follow.RunAsync(me.Contact.Id, number, new AttemptId(Attempt), input ?? new GuideInput.Look(), me.AsActor(), cancel);
        if (!answer.IsKnown) return NotFound();
        if (input is not null && answer.Refusal is null) return RedirectToPage(new { client = me.Client!.Slug, number });
        return await ShowAsync(number, answer.Refusal ?? new(words["ChooseAnswer"]), cancel);
    }

    private async Task<IActionResult> ShowAsync(int number, Refusal? refusal, CancellationToken cancel)
    {
        if (await show.RunAsync(me.Contact.Id, number, cancel) is not { } view) return NotFound();
        (View, Refusal) = (view, refusal);
        return Page();
    }
}
