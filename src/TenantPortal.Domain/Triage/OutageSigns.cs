using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets.Extraction;

namespace TenantPortal.Domain.Triage;

/// <summary>What a text speaks of: a system of the client, or another thing, which has none.</summary>
internal sealed record Subject(NamedSystem? System, int First, int Last);

/// <summary>Words that say how a thing is, the subject they are said of, and whether they are about one person.</summary>
internal sealed record OutageSign(WordKind Kind, int First, int Last, Subject? Of, bool IsPersonal, bool IsOfItem = false);

/// <summary>Which words of a report say that something is down, slow or well, each bound to the subject it is said of.</summary>
internal sealed class OutageSigns
{
    // "can't open MediNote": so near after the verb stands its object
    private const int Object = 3;
    // "MediNote is all fine": so near after the name stands what it is
    private const int Predicate = 3;
    // "POS training video": so near to the system's name a mild word says what the report is about
    private const int Beside = 4;
    private const int MostMentions = 30, SentencesBack = 3;

    private readonly TriageReading reading;

    public OutageSigns(TriageReading reading)
    {
        this.reading = reading;
        Subjects = FindSubjects();
        Trouble = [.. FindTrouble().OrderBy(s => s.First)];
        Well = [.. FindWell().OrderBy(s => s.First)];
    }

    /// <summary>In the order of the text.</summary>
    public List<Subject> Subjects { get; }
    public List<OutageSign> Trouble { get; }
    public List<OutageSign> Well { get; }

    /// <summary>Trouble said of a system that nothing said later takes back.</summary>
    public List<OutageSign> TroubleOf(NamedSystem system)
    {
        var well = Well.Where(w => w.Of?.System?.Id == system.Id).Select(w => w.First).DefaultIfEmpty(-1).Max();
        return [.. Trouble.Where(t => t.Of?.System?.Id == system.Id && t.First > well)];
    }

    public bool IsWell(NamedSystem system) => Well.Any(w => w.Of?.System?.Id == system.Id) && TroubleOf(system).Count == 0;

    private List<Subject> FindSubjects()
    {
        var mentions = reading.Mentions.Take(MostMentions).ToList();
        // "card reader on the keyboard" is one name, not two
        mentions.RemoveAll(m => mentions.Exists(o => o.Last - o.First > m.Last - m.First && o.First <= m.First && o.Last >= m.Last));
        var trouble = reading.Matches.Where(m => m.Value.Kind is WordKind.Down or WordKind.Slow).ToList();
        var things = reading.Of(WordKind.Thing).Where(t => !mentions.Exists(m => m.First <= t.First && m.Last >= t.Last) && !trouble.Exists(d => d.First <= t.First && d.Last >= t.Last)).Take(MostMentions * 2).ToList();
        var found = things.Select(t => new Subject(null, t.First, t.Last)).ToList();
        foreach (var mention in mentions.Where(m => !IsOnlyPlace(m, things)))
            found.Add(new(IsForeign(mention) || IsMild(mention) ? null : mention.Value, mention.First, mention.Last));
        return [.. found.OrderBy(s => s.First).ThenByDescending(s => s.Last)];
    }

    // "till printer" and "the printer at the till" are about a printer
    private bool IsOnlyPlace(PhraseMatch<NamedSystem> mention, List<PhraseMatch<RuleWord>> things)
    {
        var part = Word(mention.First).Part;
        return things.Exists(t => Word(t.First).Part == part && (t.First == mention.Last + 1
            || (t.Last < mention.First && mention.First - t.Last <= 4 && !OutageWords.Hosts.Contains(Word(t.Last).Singular) && Between(t.Last, mention.First).Any(w => OutageWords.Prepositions.Contains(w.Raw)) && !IsTroubleBetween(t.Last, mention.First))));
    }

    private bool IsForeign(PhraseMatch<NamedSystem> mention)
    {
        if (mention.First > 0 && OutageWords.Foreign.Contains(Word(mention.First - 1).Raw)) return true;
        var after = reading.Words.Skip(mention.Last + 1).Take(4).ToList();
        return after is [{ Raw: "of" or "at" or "from" }, ..] && after.Exists(w => OutageWords.Foreign.Contains(w.Raw));
    }

    private bool IsMild(PhraseMatch<NamedSystem> mention)
    {
        var sentence = reading.Sentence(mention.First);
        var urgent = reading.Of(WordKind.Urgent).Any(u => reading.Sentence(u.First) == sentence && !reading.IsTakenBack(u));
        return reading.Of(WordKind.Mild).Any(mild => IsBeside(mild, mention) || (!urgent && reading.Sentence(mild.First) == sentence));
    }

    private bool IsBeside(PhraseMatch<RuleWord> mild, PhraseMatch<NamedSystem> mention) =>
        Word(mild.Last).Part == Word(mention.First).Part && (mild.First > mention.Last ? mild.First - mention.Last : mention.First - mild.Last) <= Beside;

    private IEnumerable<OutageSign> FindTrouble()
    {
        foreach (var match in reading.Matches)
        {
            if (match.Value.Kind is WordKind.Well && IsNegated(match)) yield return Sign(match, WordKind.Down);
            if (match.Value.Kind is not (WordKind.Down or WordKind.Slow or WordKind.Service or WordKind.Unable) || reading.IsTakenBack(match) || IsPassive(match) || IsPlanned(match)) continue;
            yield return Sign(match, match.Value.Kind);
        }
    }

    private IEnumerable<OutageSign> FindWell()
    {
        foreach (var match in reading.Matches.Where(m => m.Value.Kind is WordKind.Well or WordKind.Recovered && !IsWished(m) && !IsNegated(m) && !IsPartOfTrouble(m)))
        {
            var of = Subjects.LastOrDefault(s => s.Last < match.First);
            var isPredicate = of is not null && Word(of.Last).Part == Word(match.First).Part && match.First - of.Last <= Predicate;
            if (match.Value.Kind == WordKind.Recovered || isPredicate) yield return new(match.Value.Kind, match.First, match.Last, of, false);
        }
    }

    private OutageSign Sign(PhraseMatch<RuleWord> match, WordKind kind)
    {
        var sentence = reading.Sentence(match.First);
        var person = kind == WordKind.Unable || (kind != WordKind.Service && reading.Of(WordKind.Person).Any(p => reading.Sentence(p.First) == sentence));
        return new(kind, match.First, match.Last, SubjectOf(match, kind), person, OutageWords.OfItems.Contains(match.Phrase));
    }

    // "one return is refused by the portal"
    private bool IsPassive(PhraseMatch<RuleWord> match) => OutageWords.OfItems.Contains(match.Phrase) && match.Last + 1 < reading.Words.Count && Word(match.Last + 1).Raw == "by";

    // "tills will be offline on Sunday"
    private bool IsPlanned(PhraseMatch<RuleWord> match) => match.First > 1 && Word(match.First - 1).Raw == "be" && Word(match.First - 2).Raw is "will" or "to";

    private Subject? SubjectOf(PhraseMatch<RuleWord> match, WordKind kind)
    {
        var (part, sentence) = (Word(match.First).Part, reading.Sentence(match.First));
        var next = Subjects.Find(s => s.First > match.Last && Word(s.First).Part == part);
        if (kind is WordKind.Unable or WordKind.Service && next is not null && next.First - match.Last <= Object) return next;
        return Subjects.FindLast(s => s.Last < match.First && Word(s.First).Part == part)
            ?? Subjects.FindLast(s => s.First < match.First && reading.Sentence(s.First) == sentence)
            ?? next ?? Subjects.Find(s => s.First > match.First && reading.Sentence(s.First) == sentence)
            ?? Before(match.First, sentence);
    }

    // "We have trouble with the tills. Nothing works."
    private Subject? Before(int word, int sentence)
    {
        var start = reading.Words.FindIndex(w => w.Sentence == sentence);
        var isPronoun = reading.Words.Skip(start).Take(Math.Min(2, word - start + 1)).Any(w => OutageWords.Pronouns.Contains(w.Raw));
        // a sentence with words before its verb most likely has a subject of its own
        if (!isPronoun && word - start > 2) return null;
        var back = isPronoun ? SentencesBack : 1;
        return Subjects.FindLast(s => s.Last < word && sentence - reading.Sentence(s.First) <= back);
    }

    private bool IsNegated(PhraseMatch<RuleWord> match) => InPartBefore(match.First, 6).Any(w => OutageWords.NotWell.Contains(w.Raw));

    private bool IsWished(PhraseMatch<RuleWord> match) => InPartBefore(match.First, 8).Any(w => OutageWords.Wishes.Contains(w.Raw));

    private bool IsPartOfTrouble(PhraseMatch<RuleWord> match) => reading.Matches.Exists(m => m.Value.Kind is WordKind.Down or WordKind.Slow && m.First <= match.First && m.Last >= match.Last);

    private bool IsTroubleBetween(int from, int to) => reading.Matches.Exists(m => m.Value.Kind is WordKind.Down or WordKind.Slow && m.First > from && m.Last < to);

    private IEnumerable<PlainWord> InPartBefore(int word, int most)
    {
        for (var i = word - 1; i >= 0 && i >= word - most && Word(i).Part == Word(word).Part; i--) yield return Word(i);
    }

    private IEnumerable<PlainWord> Between(int from, int to) => reading.Words.Skip(from + 1).Take(to - from - 1);

    private PlainWord Word(int at) => reading.Words[at];
}
