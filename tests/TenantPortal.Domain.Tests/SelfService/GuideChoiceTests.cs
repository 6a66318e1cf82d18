using TenantPortal.Domain.SelfService;
using TenantPortal.Domain.Tickets;
using Xunit;

namespace TenantPortal.Domain.Tests.SelfService;

public sealed class GuideChoiceTests
{
    private static readonly GuideCandidate Best = Candidate("printer-offline", "printing/printer", 0.8);
    private static readonly GuideCandidate Second = Candidate("print-jobs-stuck", "printing/printer", 0.5);
    private static readonly GuideCandidate Weak = Candidate("mailbox-is-full", "mail/outlook", 0.1);
    private static readonly GuideCandidate Weaker = Candidate("disk-is-full", "computer/disk", 0.04);
    private static readonly GuideCandidate Phishing = Candidate("report-a-suspicious-mail", "security/phishing", 0.6);

    [Fact]
    public void The_best_guide_is_offered_then_the_next_that_was_not_tried()
    {
        Assert.Equal(Best, Choose([Best, Second]).Chosen);
        Assert.Equal(Second, Choose([Best, Second], tried: [Best]).Chosen);
    }

    [Fact]
    public void After_two_guides_a_person_takes_over() =>
        Assert.Null(Choose([Best, Second, Phishing], tried: [Best, Second]).Chosen);

    [Fact]
    public void A_guide_that_hardly_fits_is_not_offered()
    {
        Assert.Null(Choose([Weak]).Chosen);
        Assert.Null(Choose([]).Chosen);
        Assert.Null(Choose([Best, Weaker], tried: [Best]).Chosen);
    }

    [Fact]
    public void What_the_category_says_too_or_what_comes_after_another_needs_less()
    {
        Assert.Equal(Weak, Choose([Weak], category: Weak.Category).Chosen);
        Assert.Null(Choose([Weak], category: "network/vpn").Chosen);
        Assert.Equal(Weak, Choose([Best, Weak], tried: [Best]).Chosen);
    }

    [Fact]
    public void A_report_about_security_gets_a_security_guide_or_none()
    {
        Assert.Null(Choose([Best, Second], RiskTags.Security | RiskTags.Legal).Chosen);
        Assert.Equal(Phishing, Choose([Best, Phishing], RiskTags.Security).Chosen);
        Assert.Equal(Best, Choose([Best, Phishing], RiskTags.Billing).Chosen);
    }

    private static GuideChoice Choose(GuideCandidate[] candidates, RiskTags risks = RiskTags.None, GuideCandidate[]? tried = null, string category = "none") =>
        GuideChoice.Of(candidates, (tried ?? []).Select(one => one.RunbookId).ToHashSet(), risks, new OfferBar(0.3, 0.05, category));

    private static GuideCandidate Candidate(string slug, string category, double confidence) => new(Guid.NewGuid(), slug, slug, category, confidence);
}
