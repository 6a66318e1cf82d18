using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Hooks;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

public sealed class HookInput
{
    public HookKind Kind { get; set; }
    public string? Name { get; set; }
    public string? Address { get; set; }
    public string? Secret { get; set; }
    /// <summary>What the service signs its answers with.</summary>
    public string? AnswerSecret { get; set; }
}

/// <summary>The outside addresses that call people or show cards. Operators alone: they answer for what leaves the house.</summary>
internal sealed class ChannelsPage(OnCallDirectory directory, ChangeOnCall change, HookSecrets secrets, AnswerAddress addresses, PortalSettings settings, Me me, TimeProvider time, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty] public HookInput Input { get; set; } = new();
    public IReadOnlyList<Hook> Hooks => directory.Hooks;
    public string? Problem { get; private set; }
    [TempData] public string? Done { get; set; }
    private bool MayEnter => me.Has(StaffRoles.Operator);

    public string? ProblemOf(Hook hook) => settings.OutsideHosts.Problem(hook.Address);

    /// <summary>Where its service answers; null where it does not, or nobody could believe it.</summary>
    public string? AnswersAt(Hook hook) => Hook.Answers(hook.Kind) && (hook.Kind == HookKind.Opsgenie || hook.SealedAnswerSecret is not null) ? addresses.Of(hook) : null;

    public IActionResult OnGet() => MayEnter ? Page() : NotFound();

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancel)
    {
        if (!MayEnter) return NotFound();
        var (name, address) = ((Input.Name ?? "").Trim(), (Input.Address ?? "").Trim());
        Problem = !Enum.IsDefined(Input.Kind) || name.Length is 0 or > 80 ? words["ChannelNameMissing"].Value
            : settings.OutsideHosts.Problem(address) ?? (Hook.NeedsSecret(Input.Kind) && string.IsNullOrWhiteSpace(Input.Secret) ? words["ChannelSecretMissing"].Value : null);
        if (Problem is not null) return Page();
        await change.AddHookAsync(new() { Kind = Input.Kind, Name = name, Address = address, SealedSecret = secrets.Seal(Input.Secret), SealedAnswerSecret = Input.Kind == HookKind.PagerDuty ? secrets.Seal(Input.AnswerSecret) : null, ByName = me.Staff.Name, MadeAt = time.GetUtcNow() }, cancel);
        Done = words["ChannelMade"];
        return Redirect("/admin/channels");
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken cancel)
    {
        if (!MayEnter) return NotFound();
        await change.RemoveHookAsync(id, cancel);
        Done = words["Removed"];
        return Redirect("/admin/channels");
    }
}
