package docx_test

import (
	"slices"
	"strings"
	"testing"

	"saban/engine"
	"saban/paper"
	"saban/report/document"
	"saban/report/document/documenttest"
	"saban/scenarios/scenariotest"
)

// sequences are the children of elements in the order ECMA-376, part 1, annex A
// (wml.xsd, dml-wordprocessingDrawing.xsd, dml-picture.xsd) asks for. A reader
// that keeps to the schema calls a file with another order damaged.
var sequences = map[string]string{
	"w:document":           "w:background w:body",
	"w:sectPr":             "w:headerReference w:footerReference w:footnotePr w:endnotePr w:type w:pgSz w:pgMar w:paperSrc w:pgBorders w:lnNumType w:pgNumType w:cols w:formProt w:vAlign w:noEndnote w:titlePg w:textDirection w:bidi w:rtlGutter w:docGrid w:printerSettings",
	"w:pPr":                "w:pStyle w:keepNext w:keepLines w:pageBreakBefore w:framePr w:widowControl w:numPr w:suppressLineNumbers w:pBdr w:shd w:tabs w:suppressAutoHyphens w:kinsoku w:wordWrap w:overflowPunct w:topLinePunct w:autoSpaceDE w:autoSpaceDN w:bidi w:adjustRightInd w:snapToGrid w:spacing w:ind w:contextualSpacing w:mirrorIndents w:suppressOverlap w:jc w:textDirection w:textAlignment w:textboxTightWrap w:outlineLvl w:divId w:cnfStyle w:rPr w:sectPr w:pPrChange",
	"w:rPr":                "w:rStyle w:rFonts w:b w:bCs w:i w:iCs w:caps w:smallCaps w:strike w:dstrike w:outline w:shadow w:emboss w:imprint w:noProof w:snapToGrid w:vanish w:webHidden w:color w:spacing w:w w:kern w:position w:sz w:szCs w:highlight w:u w:effect w:bdr w:shd w:fitText w:vertAlign w:rtl w:cs w:em w:lang w:eastAsianLayout w:specVanish w:oMath",
	"w:pBdr":               "w:top w:left w:bottom w:right w:between w:bar",
	"w:numPr":              "w:ilvl w:numId",
	"w:tbl":                "w:bookmarkStart w:bookmarkEnd w:tblPr w:tblGrid w:tr",
	"w:tblPr":              "w:tblStyle w:tblpPr w:tblOverlap w:bidiVisual w:tblStyleRowBandSize w:tblStyleColBandSize w:tblW w:jc w:tblCellSpacing w:tblInd w:tblBorders w:shd w:tblLayout w:tblCellMar w:tblLook w:tblCaption w:tblDescription",
	"w:tblBorders":         "w:top w:left w:bottom w:right w:insideH w:insideV",
	"w:tblCellMar":         "w:top w:left w:bottom w:right",
	"w:tcMar":              "w:top w:left w:bottom w:right",
	"w:tr":                 "w:tblPrEx w:trPr w:tc",
	"w:tcPr":               "w:cnfStyle w:tcW w:gridSpan w:hMerge w:vMerge w:tcBorders w:shd w:noWrap w:tcMar w:textDirection w:tcFitText w:vAlign w:hideMark",
	"w:styles":             "w:docDefaults w:latentStyles w:style",
	"w:docDefaults":        "w:rPrDefault w:pPrDefault",
	"w:style":              "w:name w:aliases w:basedOn w:next w:link w:autoRedefine w:hidden w:uiPriority w:semiHidden w:unhideWhenUsed w:qFormat w:locked w:personal w:personalCompose w:personalReply w:rsid w:pPr w:rPr w:tblPr w:trPr w:tcPr w:tblStylePr",
	"w:numbering":          "w:numPicBullet w:abstractNum w:num w:numIdMacAtCleanup",
	"w:abstractNum":        "w:nsid w:multiLevelType w:tmpl w:name w:styleLink w:numStyleLink w:lvl",
	"w:lvl":                "w:start w:numFmt w:lvlRestart w:pStyle w:isLgl w:suff w:lvlText w:lvlPicBulletId w:legacy w:lvlJc w:pPr w:rPr",
	"w:num":                "w:abstractNumId w:lvlOverride",
	"w:lvlOverride":        "w:startOverride w:lvl",
	"w:settings":           "w:writeProtection w:view w:zoom w:removePersonalInformation w:mirrorMargins w:defaultTabStop w:evenAndOddHeaders w:characterSpacingControl w:footnotePr w:endnotePr w:compat w:docVars w:rsids w:themeFontLang w:clrSchemeMapping w:decimalSymbol w:listSeparator",
	"wp:inline":            "wp:extent wp:effectExtent wp:docPr wp:cNvGraphicFramePr a:graphic",
	"a:graphicData":        "pic:pic",
	"pic:pic":              "pic:nvPicPr pic:blipFill pic:spPr",
	"pic:nvPicPr":          "pic:cNvPr pic:cNvPicPr",
	"pic:blipFill":         "a:blip a:srcRect a:tile a:stretch",
	"pic:spPr":             "a:xfrm a:custGeom a:prstGeom a:noFill a:solidFill a:ln",
	"a:xfrm":               "a:off a:ext",
	"w:hyperlink":          "w:bookmarkStart w:bookmarkEnd w:r",
	"w:trPr":               "w:cantSplit w:trHeight w:tblHeader",
	"w:compat":             "w:compatSetting",
	"w:tabs":               "w:tab",
	"w:tcBorders":          "w:top w:left w:bottom w:right",
	"w:tblGrid":            "w:gridCol",
	"w:rPrDefault":         "w:rPr",
	"w:pPrDefault":         "w:pPr",
	"a:graphic":            "a:graphicData",
	"a:stretch":            "a:fillRect",
	"a:prstGeom":           "a:avLst",
	"w:hdr":                "w:p",
	"w:ftr":                "w:p",
	"w:drawing":            "wp:inline",
	"wp:cNvGraphicFramePr": "a:graphicFrameLocks",
}

// Where any order goes, what may stand there.
var anyOrder = map[string]string{
	"w:body": "w:p w:tbl w:sectPr",
	"w:tc":   "w:tcPr w:p w:tbl",
	"w:p":    "w:pPr w:bookmarkStart w:bookmarkEnd w:r w:hyperlink",
	"w:r":    "w:rPr w:t w:br w:tab w:fldChar w:instrText w:drawing",
}

func TestElementsStandInTheStandardsSequence(t *testing.T) {
	for name, d := range map[string]*document.Document{"sample": documenttest.Sample(engine.VI), "hostile": documenttest.Hostile(engine.EN), "empty": {Lang: engine.VI}, "pack": paper.Build(scenariotest.Read(t, "bomb-threat").Compiled, paper.Options{Lang: engine.VI, Seed: 1})} {
		for part, root := range written(t, d).parts {
			if !strings.HasPrefix(part, "word/") || strings.HasSuffix(part, ".rels") {
				continue
			}
			root.walk(func(n *node) { inSequence(t, name+" "+part, n) })
		}
	}
}

func inSequence(t *testing.T, where string, n *node) {
	t.Helper()
	if len(n.children) == 0 {
		return
	}
	if allowed, free := anyOrder[n.name]; free {
		for i, c := range n.children {
			if !slices.Contains(strings.Fields(allowed), c.name) {
				t.Errorf("%s: %s stands in %s", where, c.name, n.name)
			}
			if first := strings.HasSuffix(c.name, "Pr") && c.name != "w:sectPr"; first && i > 0 {
				t.Errorf("%s: %s is not the first in %s", where, c.name, n.name)
			}
		}
		return
	}
	order := strings.Fields(sequences[n.name])
	if len(order) == 0 {
		t.Errorf("%s: the sequence of %s is not known here", where, n.name)
	}
	at := -1
	for _, c := range n.children {
		i := slices.Index(order, c.name)
		if i < 0 {
			t.Errorf("%s: %s stands in %s", where, c.name, n.name)
		}
		if i < at {
			t.Errorf("%s: in %s, %s follows %s", where, n.name, c.name, order[at])
		}
		at = max(at, i)
	}
}

// A cell has to end with a paragraph, a row to fill its table's columns, the
// text to end with its section.
func TestTablesAreWhole(t *testing.T) {
	for _, d := range []*document.Document{documenttest.Sample(engine.EN), documenttest.Hostile(engine.VI), paper.Build(scenariotest.Read(t, "bomb-threat").Compiled, paper.Options{Lang: engine.VI, Seed: 1})} {
		text := written(t, d).text()
		for _, cell := range text.all("w:tc") {
			if last := cell.children[len(cell.children)-1]; last.name != "w:p" {
				t.Errorf("a cell ends with %s", last.name)
			}
		}
		for _, table := range text.all("w:tbl") {
			columns := len(table.at("w:tblGrid").children)
			for _, c := range table.children {
				if c.name == "w:tr" && span(t, c) != columns {
					t.Errorf("a row of %q spans %d of %d columns", table.words()[:20], span(t, c), columns)
				}
			}
		}
		body := text.at("w:body").children
		if last := body[len(body)-1]; last.name != "w:sectPr" {
			t.Errorf("the text ends with %s", last.name)
		}
	}
}

func span(t *testing.T, row *node) int {
	n := 0
	for _, c := range row.children {
		if c.name != "w:tc" {
			continue
		}
		if s := c.at("w:tcPr", "w:gridSpan"); s != nil {
			n += s.number(t, "w:val")
		} else {
			n++
		}
	}
	return n
}
