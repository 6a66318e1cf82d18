using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Escalation;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>All escalation paths with the version that counts.</summary>
internal sealed class PathsPage(OnCallDirectory directory, ChangeOnCall change, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty] public string? Key { get; set; }
    public IReadOnlyList<(EscalationPath Path, bool IsDraft)> All { get; private set; } = [];
    public string? Problem { get; private set; }

    public IActionResult OnGet() => Show();

    public IActionResult OnPost()
    {
        if (!change.MayEnter) return NotFound();
        if (PathPage.IsKey(Key) && (directory.Path(Key!) is not null || !directory.Roster.Knows(Key!))) return Redirect($"/admin/escalation/{Key}");
        Problem = words["PathKeyWrong"];
        return Show();
    }

    private IActionResult Show()
    {
        if (!change.MayEnter) return NotFound();
        var keys = directory.Versions.Select(v => v.Key).Prepend(EscalationPath.Standard).Prepend(EscalationPath.Urgent).Distinct(StringComparer.Ordinal);
        All = [.. keys.Select(key => (directory.Path(key) ?? directory.Versions.First(v => v.Key == key), directory.Versions.Any(v => v.Key == key && v.State == PathState.Draft)))];
        return Page();
    }
}
