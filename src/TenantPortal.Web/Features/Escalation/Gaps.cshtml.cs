using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.Escalation;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>When, in the next four weeks, nobody will be on call for a role.</summary>
internal sealed class GapsPage(OnCallDirectory directory, ChangeOnCall change, TimeProvider time) : PageModel
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(28);

    public DateTimeOffset Now { get; private set; }
    public bool HasRotas { get; private set; }
    public IReadOnlyList<RotaGap> Gaps { get; private set; } = [];

    public IActionResult OnGet()
    {
        if (!change.MayEnter) return NotFound();
        (Now, var roster) = (time.GetUtcNow(), directory.Roster);
        HasRotas = roster.Rotas.Count > 0;
        Gaps = [.. roster.Rotas.SelectMany(r => RotaGap.Of(roster, r, Now, Now + Ahead)).OrderBy(g => g.From)];
        return Page();
    }
}
