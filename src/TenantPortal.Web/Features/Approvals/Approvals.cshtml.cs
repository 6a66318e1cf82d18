using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Approvals;

/// <summary>What waits for a second person, over all clients that somebody serves; and what went out without one.</summary>
internal sealed class ApprovalsPage(ReadApprovals read, DecideApproval decide, ClientDirectory clients, IStringLocalizer<Words> words) : PageModel
{
    public IReadOnlyList<WaitingApproval> Waiting { get; private set; } = [];
    public IReadOnlyList<WaitingApproval> Alone { get; private set; } = [];
    public string? Problem { get; private set; }
    /// <summary>The one that was not decided, with what was typed.</summary>
    public Guid? Failed { get; private set; }
    [TempData] public string? Done { get; set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Waiting = await read.OpenAsync(cancel);
        Alone = await read.AloneAsync(cancel);
    }

    public Task<IActionResult> OnPostApproveAsync(Guid id, int seen, CancellationToken cancel) => DecideAsync(id, approval => decide.GiveAsync(approval, seen, cancel), approval => words[approval.Kind == ApprovalKind.Reply ? "DoneSent" : "DoneMilder"], cancel);

    public Task<IActionResult> OnPostRefuseAsync(Guid id, string? why, CancellationToken cancel) => DecideAsync(id, approval => decide.RefuseAsync(approval, why, cancel), _ => words["DoneRefused"], cancel);

    public Task<IActionResult> OnPostWithdrawAsync(Guid id, CancellationToken cancel) => DecideAsync(id, approval => decide.WithdrawAsync(approval, cancel), _ => words["DoneWithdrawn"], cancel);

    public Task<IActionResult> OnPostLookAsync(Guid id, CancellationToken cancel) => DecideAsync(id, approval => decide.LookAsync(approval, cancel), _ => words["DoneLooked"], cancel);

    private async Task<IActionResult> DecideAsync(Guid id, Func<Approval, Task<Refusal?>> verb, Func<Approval, string> done, CancellationToken cancel)
    {
        if (await read.ByIdAsync(id, cancel) is not { } approval) return NotFound();
        if (await verb(approval) is { } refusal)
        {
            (Problem, Failed) = (refusal.Sentence, id);
            await OnGetAsync(cancel);
            return Page();
        }
        Done = done(approval);
        return RedirectToPage();
    }

    /// <summary>An instant by the clock of the client.</summary>
    public string Local(WaitingApproval of, DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById((clients.ById(of.Client.Id) ?? of.Client).TimeZone)).ToString("d MMM HH:mm", System.Globalization.CultureInfo.CurrentCulture);
}
