namespace TenantPortal.Web.Features.Knowledge;

/// <summary>Where to look when a search found nothing: the topics of guides whose words look alike, or all topics.</summary>
public sealed class NearestTopics(ListGuides listGuides)
{
    private const int Most = 4;

    public async Task<IReadOnlyList<GuideTopic>> RunAsync(GuideAnswer answer, GuideReader reader, CancellationToken cancel)
    {
        var topics = await listGuides.RunAsync(reader, cancel);
        var nearest = answer.Nearest.Select(guide => topics.FirstOrDefault(topic => topic.Guides.Any(g => g.RunbookId == guide))).OfType<GuideTopic>().Distinct().Take(Most).ToList();
        return nearest.Count > 0 ? nearest : topics;
    }
}
