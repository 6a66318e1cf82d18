namespace TenantPortal.Domain.Search;

/// <summary>Counts the terms of one document after the other in the same room, since documents come by the thousand.</summary>
internal sealed class TermCounts
{
    private const int FewestTexts = 1024;

    // by number of a text: its place in the document that was counted last with it
    private int[] places = new int[FewestTexts];
    private int[] countedIn = new int[FewestTexts];
    private int document;

    public List<int> Keys { get; } = [];

    public List<ulong> Frequencies { get; } = [];

    public List<ushort> Order { get; } = [];

    public int[] Lengths { get; private set; } = [];

    public void Begin()
    {
        document++;
        Keys.Clear();
        Frequencies.Clear();
        Order.Clear();
        Lengths = new int[AnalysedDocument.Fields];
    }

    /// <summary>The place of the text among the document's terms, or -1 when there is no more room.</summary>
    public int Add(int text, SearchField field)
    {
        if (text >= places.Length) Grow(text);
        if (countedIn[text] != document)
        {
            if (Keys.Count >= AnalysedDocument.MostTerms) return -1;
            (countedIn[text], places[text]) = (document, Keys.Count);
            Keys.Add(text);
            Frequencies.Add(0);
        }

        var counts = Frequencies[places[text]];
        if (Packed.Of(counts, field) < byte.MaxValue) Frequencies[places[text]] = counts + Packed.One(field);
        return places[text];
    }

    private void Grow(int text)
    {
        Array.Resize(ref places, 2 * (text + 1));
        Array.Resize(ref countedIn, 2 * (text + 1));
    }
}
