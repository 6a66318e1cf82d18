using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Knowledge;

internal sealed class GuidesPage(ListGuides listGuides, Me me, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Topic { get; set; }
    public IReadOnlyList<GuideTopic> Topics { get; private set; } = [];
    public GuideTopic? Chosen { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Topics = await listGuides.RunAsync(GuideReader.Of(me.Contact), cancel);
        Chosen = Topics.FirstOrDefault(t => NameOf(t) == Topic);
        return Topic is not null && Chosen is null ? NotFound() : Page();
    }

    public string NameOf(GuideTopic topic) => topic.Name.Length > 0 ? topic.Name : words["OtherTopic"].Value;
}
