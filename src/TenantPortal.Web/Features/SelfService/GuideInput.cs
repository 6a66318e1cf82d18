using System.Diagnostics;
using TenantPortal.Domain.SelfService;

namespace TenantPortal.Web.Features.SelfService;

/// <summary>What a person does at a guide, through whichever face.</summary>
public abstract record GuideInput
{
    private GuideInput() { }

    public sealed record Look : GuideInput;

    public sealed record Answer(string Step, StepAnswer Given) : GuideInput;

    public sealed record Back : GuideInput;

    public sealed record Close(ClosingAnswer Given, string? Text) : GuideInput;

    public sealed record AskPerson : GuideInput;

    public AttemptTurn Apply(Attempt attempt, GuidePath path, DateTimeOffset now) => this switch
    {
        Look => AttemptEngine.Open(attempt, path, now),
        Answer answer => AttemptEngine.Answer(attempt, path, answer.Step, answer.Given, now),
        Back => AttemptEngine.Back(attempt, path, now),
        Close close => AttemptEngine.Close(attempt, path, close.Given, close.Text, now),
        AskPerson => AttemptEngine.Abandon(attempt, now),
        _ => throw new UnreachableException(),
    };
}
