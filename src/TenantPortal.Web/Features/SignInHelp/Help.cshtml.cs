using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.People;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.SignInHelp;

public sealed class HelpInput
{
    public string? Name { get; set; }
    public string? Phone { get; set; }
    public string? Text { get; set; }
}

/// <summary>"I can't sign in": name, number and problem, without an account. Whoever it is, the answer is the same.</summary>
internal sealed class HelpPage(HelpPost post, SignInLimits limits, Me me) : PageModel
{
    [BindProperty] public HelpInput Input { get; set; } = new();
    public string? Problem { get; private set; }
    public bool IsSent { get; private set; }

    public void OnPost()
    {
        Problem = Input switch
        {
            { Name: not { Length: > 1 and <= LockedOut.LongestName } } => "NameMissing",
            { Phone: var phone } when phone is not { Length: <= LockedOut.LongestPhone } || phone.Count(char.IsDigit) < 5 => "PhoneMissing",
            { Text: not { Length: > 2 and <= LockedOut.LongestProblem } } => "ProblemMissing",
            _ => limits.AllowsNetwork(HttpContext) ? null : "TooMany",
        };
        if (Problem is not null) return;
        post.Queue(new(me.Client!.Id, Input.Name!.Trim(), Input.Phone!.Trim(), Input.Text!.Trim()));
        IsSent = true;
    }
}
